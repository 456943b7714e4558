//! Replaces the values in sample lines by those of another system.
//!
//! Addresses, times, ids and host names are replaced. Equal values get equal replacements: lines about one machine stay
//! about one machine. All times shift equally, except by [`Randomizer::text_at`]. Codes, ports and words never change,
//! because the line may be about them. Example: "10.0.20.11:8443 502" may become "10.94.7.63:8443 502".

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use regex::{Captures, Regex};

use crate::drill::random::Random;

/// First labels of the new host names.
const HOSTS: [&str; 8] = ["www", "shop", "api", "login", "media", "orders", "static", "portal"];

/// The longest shift of times, in seconds.
///
/// Half a year changes the date, and the times stay plausible.
const LONGEST_SHIFT: usize = 180 * 24 * 60 * 60;

/// Matches a time in ISO 8601 format, for example `2026-01-15T10:20:30.5Z`.
const ISO_TIME: &str = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)";

/// Matches a time as nginx writes it, for example `2026/01/15 10:20:30`.
const SLASHED_TIME: &str = r"\b\d{4}/\d\d/\d\d \d\d:\d\d:\d\d\b";

/// The format of [`SLASHED_TIME`] for `strptime`.
const SLASHED: &str = "%Y/%m/%d %H:%M:%S";

/// The number of attempts to find an unused replacement.
///
/// After 64 collisions in a row, two values get one replacement. This takes more than eight host names of one domain
/// ([`HOSTS`]), or hundreds of addresses in one network.
const TRIES: usize = 64;

/// The replacements of one exercise.
#[derive(Debug)]
pub(crate) struct Randomizer {
    random: Random,
    /// The number of seconds by which all times are shifted.
    later: i64,
    replacements: BTreeMap<String, String>,
    /// Replacements in lines about machines that occur nowhere else.
    elsewhere: BTreeMap<String, String>,
    /// Replacements of networks, by the first three numbers of their addresses.
    networks: BTreeMap<String, String>,
}

impl Randomizer {
    /// Creates the replacements of a seed.
    pub(crate) fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        // Shifts by whole minutes, because metrics are counted from the full minute.
        let later = i64::try_from(random.below(LONGEST_SHIFT / 60) * 60).unwrap_or(0);
        Self { random, later, replacements: BTreeMap::new(), elsewhere: BTreeMap::new(), networks: BTreeMap::new() }
    }

    /// Creates replacements that keep the time of day.
    ///
    /// They are for texts that mention the time of day.
    pub(crate) fn same_hours(seed: u64) -> Self {
        const DAY: i64 = 24 * 60 * 60;
        let randomizer = Self::new(seed);
        Self { later: randomizer.later / DAY * DAY, ..randomizer }
    }

    /// Returns a text with all replacements made.
    pub(crate) fn text(&mut self, text: &str) -> String {
        self.text_at(text, 0)
    }

    /// Returns a text with all replacements made and its times shifted.
    ///
    /// The times are later by `seconds`, in addition to the shift of the exercise.
    pub(crate) fn text_at(&mut self, text: &str, seconds: i64) -> String {
        let later = self.later;
        self.later = later.saturating_add(seconds);
        let replaced = self.replaced(text);
        self.later = later;
        replaced
    }

    /// Rewrites a text like [`Self::text_at`], but about separate machines.
    ///
    /// An address in this text and an equal one in other texts get different replacements.
    pub(crate) fn elsewhere_at(&mut self, text: &str, seconds: i64) -> String {
        std::mem::swap(&mut self.replacements, &mut self.elsewhere);
        let replaced = self.text_at(text, seconds);
        std::mem::swap(&mut self.replacements, &mut self.elsewhere);
        replaced
    }

    fn replaced(&mut self, text: &str) -> String {
        static VARIES: LazyLock<Option<Regex>> = LazyLock::new(|| {
            let time = format!("(?P<time>{ISO_TIME})");
            let slashed = format!("(?P<slashed>{SLASHED_TIME})");
            let millis = r"(?P<millis>\b1[5-9]\d{11}\b)";
            let uuid = r"(?P<uuid>\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b)";
            let address = r"(?P<address>\b\d{1,3}(?:\.\d{1,3}){3}\b)";
            let id = r"(?P<id>\b[0-9a-f]{24,}\b)";
            let host = r"(?P<host>\b[a-z]+\.example\.(?:com|org|net)\b)";
            let all = [time.as_str(), slashed.as_str(), millis, uuid, address, id, host].join("|");
            // Classes of Unicode take ten times as long to compile.
            Regex::new(&format!("(?-u){all}")).ok()
        });
        let Some(varies) = VARIES.as_ref() else { return text.to_owned() };
        varies.replace_all(text, |found: &Captures<'_>| self.replacement(found)).into_owned()
    }

    fn replacement(&mut self, found: &Captures<'_>) -> String {
        let group = |name| found.name(name).map(|value| value.as_str());
        if let Some(time) = group("time") {
            return later_time(time, self.later).unwrap_or_else(|| time.to_owned());
        }
        if let Some(time) = group("slashed") {
            return later_slashed(time, self.later).unwrap_or_else(|| time.to_owned());
        }
        if let Some(millis) = group("millis") {
            let shifted = millis.parse::<i64>().ok().and_then(|millis| millis.checked_add(self.later * 1000));
            return shifted.map_or_else(|| millis.to_owned(), |millis| millis.to_string());
        }
        let Some(written) = found.get(0).map(|whole| whole.as_str()) else { return String::new() };
        if let Some(known) = self.replacements.get(written) {
            return known.clone();
        }
        // Different values stay different, because the line may be about the difference.
        let mut new = written.to_owned();
        for _ in 0..TRIES {
            new = if group("address").is_some() {
                self.address(written)
            } else if group("host").is_some() {
                self.host(written)
            } else {
                self.id(written)
            };
            if !self.replacements.values().chain(self.elsewhere.values()).any(|taken| *taken == new) {
                break;
            }
        }
        self.replacements.insert(written.to_owned(), new.clone());
        new
    }

    /// Returns a new address in the same kind of network.
    ///
    /// Addresses that begin with 10 get a new network, the same one for all machines of a network. Addresses that begin
    /// with 172, 192, 198 or 203 keep their network; these include the addresses reserved for documentation (RFC 5737).
    /// All other addresses are unchanged. The last number is new, except for `.0`, which means the network itself.
    fn address(&mut self, written: &str) -> String {
        let Some((network, host)) = written.rsplit_once('.') else { return written.to_owned() };
        let first = network.split('.').next().unwrap_or_default();
        if !matches!(first, "10" | "192" | "198" | "203" | "172") {
            return written.to_owned();
        }
        let network = if first == "10" { self.network(network) } else { network.to_owned() };
        if host == "0" { format!("{network}.0") } else { format!("{network}.{}", 1 + self.random.below(254)) }
    }

    /// Returns the private network that always replaces this network.
    fn network(&mut self, written: &str) -> String {
        if let Some(known) = self.networks.get(written) {
            return known.clone();
        }
        let mut new = written.to_owned();
        for _ in 0..TRIES {
            new = format!("10.{}.{}", self.random.below(256), self.random.below(256));
            if !self.networks.values().any(|taken| *taken == new) {
                break;
            }
        }
        self.networks.insert(written.to_owned(), new.clone());
        new
    }

    fn host(&mut self, written: &str) -> String {
        let domain = written.split_once('.').map_or("", |(_, domain)| domain);
        let name = self.random.one_of(&HOSTS).copied().unwrap_or("www");
        format!("{name}.{domain}")
    }

    fn id(&mut self, written: &str) -> String {
        let digit = |random: &mut Random| char::from_digit(random.below(16) as u32, 16).unwrap_or('0');
        written.chars().map(|character| if character == '-' { '-' } else { digit(&mut self.random) }).collect()
    }
}

/// Returns the first time in a text, in seconds since 1970.
///
/// A time without an offset is read as UTC.
pub(crate) fn time_in(text: &str) -> Option<i64> {
    static TIME: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&format!("{ISO_TIME}|{SLASHED_TIME}")).ok());
    let found = TIME.as_ref()?.find(text)?.as_str();
    if let Ok(time) = found.parse::<Timestamp>() {
        return Some(time.as_second());
    }
    let time = DateTime::strptime(SLASHED, found).ok()?;
    Some(time.to_zoned(TimeZone::UTC).ok()?.timestamp().as_second())
}

fn later_time(written: &str, seconds: i64) -> Option<String> {
    let time: Timestamp = written.parse().ok()?;
    let shifted = time.checked_add(SignedDuration::from_secs(seconds)).ok()?;
    // Fractions get three digits, and an offset becomes `+00:00`, because the time is written in UTC.
    let text = if written.contains('.') { format!("{shifted:.3}") } else { format!("{shifted:.0}") };
    Some(if written.ends_with('Z') { text } else { text.replace('Z', "+00:00") })
}

/// Shifts a time in the format of nginx, `2026/01/15 10:20:30`.
fn later_slashed(written: &str, seconds: i64) -> Option<String> {
    let time = DateTime::strptime(SLASHED, written).ok()?;
    Some(time.checked_add(SignedDuration::from_secs(seconds)).ok()?.strftime(SLASHED).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_replaced_and_equal_values_equally() {
        let line = "2026-01-15T10:20:30+00:00 10.0.20.11:8443 www.example.com 10.0.20.11 203.0.113.10 502 0f3a5c7e9b1d2f4a6c8e0a1b3d5f7092 1768472430100";
        let mut randomizer = Randomizer::new(3);
        let other = randomizer.text(line);
        let words: Vec<&str> = other.split(' ').collect();
        let [time, backend, host, again, client, status, id, millis] = words.as_slice() else { panic!("{other}") };
        assert!(time.ends_with("+00:00") && *time > "2026-01-15T10:20:30+00:00", "{time}");
        assert!(backend.starts_with("10.") && backend.ends_with(":8443"), "{backend}");
        assert_eq!(backend.strip_suffix(":8443"), Some(*again));
        assert!(client.starts_with("203.0.113."), "{client}");
        assert!(host.ends_with(".example.com"), "{host}");
        assert_eq!(*status, "502");
        assert!(id.len() == 32 && *id != "0f3a5c7e9b1d2f4a6c8e0a1b3d5f7092", "{id}");
        let shift = millis.parse::<i64>().unwrap() - 1_768_472_430_100;
        let written: Timestamp = time.parse().unwrap();
        assert_eq!(
            written.as_second() - "2026-01-15T10:20:30Z".parse::<Timestamp>().unwrap().as_second(),
            shift / 1000
        );
        assert_eq!(Randomizer::new(3).text(line), other, "the same seed");
        assert_ne!(Randomizer::new(4).text(line), other, "another seed");
        assert!(randomizer.text("10.0.20.11 is down").starts_with(again), "another line about the same machine");
    }

    #[test]
    fn a_time_is_read_in_either_format() {
        let second = "2026-01-15T10:20:30Z".parse::<Timestamp>().unwrap().as_second();
        for line in ["2026/01/15 10:20:30 [error] 31#31: *7 x", "{\"at\": \"2026-01-15T11:20:30+01:00\"}"] {
            assert_eq!(time_in(line), Some(second), "{line}");
            let [now, later] = [0, 7].map(|seconds| Randomizer::new(1).text_at(line, seconds));
            assert_eq!(time_in(&later), time_in(&now).map(|time| time + 7), "{line}");
        }
        assert_eq!(time_in("Jan 15 10:20:30 web1 kernel: x"), None);
    }

    #[test]
    fn machines_of_one_network_stay_in_one() {
        let network = |address: &str| address.rsplit_once('.').map(|(network, _)| network.to_owned()).unwrap();
        for seed in 0..50 {
            let line = Randomizer::new(seed).text("10.0.10.4 10.0.10.7 10.0.20.11 10.0.10.0/24");
            let words: Vec<&str> = line.split(' ').collect();
            assert_eq!(network(words[0]), network(words[1]), "{line}");
            assert_ne!(network(words[0]), network(words[2]), "{line}");
            assert_eq!(words[3], format!("{}.0/24", network(words[0])), "{line}");
        }
    }

    #[test]
    fn names_that_differ_still_differ() {
        for seed in 0..200 {
            let line =
                Randomizer::new(seed).text("www.example.com is not api.example.com, 10.0.20.11 is not 10.0.20.12");
            let words: Vec<&str> = line.split([' ', ',']).collect();
            assert!(words[0] != words[3] && words[5] != words[8], "{line}");
        }
    }

    #[test]
    fn times_are_later_by_as_much_in_every_form() {
        for seed in 0..20 {
            let line = Randomizer::same_hours(seed).text("2026-01-15T10:20:30+00:00 2026/01/15 10:20:30");
            let (one, other) = line.split_once(' ').unwrap();
            assert!(one.ends_with("T10:20:30+00:00") && other.ends_with(" 10:20:30"), "{line}");
            assert_eq!(one.get(..10).unwrap().replace('-', "/"), other.get(..10).unwrap());
            let later = Randomizer::same_hours(seed).text_at("2026-01-15T10:20:30Z", 90);
            assert!(later.ends_with("T10:22:00Z"), "{later}");
        }
    }

    #[test]
    fn what_may_be_the_point_is_left_alone() {
        for line in ["502 502", "port 10256", "errno: EHOSTUNREACH", "0.0.0.0", "127.0.0.1:80", "1.2.3"] {
            assert_eq!(Randomizer::new(1).text(line), line);
        }
    }
}
