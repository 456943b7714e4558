//! Tells host names from other words with dots.

/// Last labels of names with two labels.
///
/// All country codes have two letters, and are not listed.
const TOP_LEVEL: &[&str] = &[
    "app",
    "biz",
    "cloud",
    "com",
    "corp",
    "dev",
    "edu",
    "example",
    "gov",
    "home",
    "info",
    "int",
    "internal",
    "intranet",
    "invalid",
    "lan",
    "local",
    "localdomain",
    "mil",
    "name",
    "net",
    "online",
    "org",
    "private",
    "site",
    "store",
    "tech",
    "test",
    "xyz",
];

/// Ends of files, which look like last labels.
const FILES: &[&str] = &[
    "bz2", "c", "cc", "cert", "cer", "cfg", "cnf", "conf", "cpp", "crt", "cs", "csr", "css", "csv", "env", "err", "go",
    "gz", "h", "html", "ini", "jar", "java", "js", "json", "jsonl", "key", "kt", "lock", "log", "lua", "md", "mjs",
    "out", "p12", "pem", "php", "pid", "pl", "py", "rb", "rs", "service", "sh", "so", "sock", "socket", "sql", "tar",
    "tf", "tmp", "toml", "ts", "txt", "xml", "yaml", "yml", "zip", "zst",
];

/// First labels of packages of Java and its kin.
const PACKAGES: &[&str] = &["com", "io", "java", "javax", "jdk", "kotlin", "net", "org", "scala", "sun"];

/// Domains of programs and their settings.
///
/// Their names stand in messages and decide what they mean.
const PUBLIC: &[&str] = &["kubernetes.io", "k8s.io", "letsencrypt.org", "cert-manager.io"];

/// Returns whether a word with dots is the name of a host.
///
/// Two labels need a known last one; from three on, any word of lower case is one. Files, packages and numbers are none.
pub(super) fn is_host_name(word: &str) -> bool {
    let labels: Vec<&str> = word.split('.').collect();
    let (Some(first), Some(last)) = (labels.first(), labels.last()) else { return false };
    let lower = word.to_ascii_lowercase();
    let is_of_public =
        |domain: &&str| lower == **domain || lower.strip_suffix(*domain).is_some_and(|rest| rest.ends_with('.'));
    let last_lower = last.to_ascii_lowercase();
    if last.len() < 2
        || !last.bytes().all(|byte| byte.is_ascii_alphabetic())
        || FILES.contains(&last_lower.as_str())
        || PUBLIC.iter().any(is_of_public)
    {
        return false;
    }
    let is_known = TOP_LEVEL.contains(&last_lower.as_str());
    match labels.len() {
        2 => is_known || last.len() == 2,
        _ if is_known => !PACKAGES.contains(first),
        _ => lower == word && !PACKAGES.contains(first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_told_from_files_and_packages() {
        for host in ["example.com", "api.shop.acme", "WWW.Example.COM", "db.internal", "bbc.co.uk", "web-1.lan", "a.de"]
        {
            assert!(is_host_name(host), "{host}");
        }
        for other in [
            "nginx.conf",
            "server.key",
            "libssl.so",
            "java.net.ConnectException",
            "org.apache.http.conn",
            "1.25.3",
            "e.g",
            "req.Headers",
            "backend.http",
            "kubernetes.io",
            "nginx.ingress.kubernetes.io",
            "errorLog.type",
        ] {
            assert!(!is_host_name(other), "{other}");
        }
    }
}
