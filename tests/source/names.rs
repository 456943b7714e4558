//! Tests that a type name exists once.

use std::collections::BTreeMap;

use syn::Item;

use super::{is_test, modules};

#[test]
fn one_type_name_exists_once() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for module in modules().into_values() {
        add_types(&module.syntax.items, &module.file, &mut places);
    }
    places.retain(|_, files| files.len() > 1);
    let said: Vec<_> = places.iter().map(|(name, files)| format!("{name}: {}", files.join(", "))).collect();
    assert!(said.is_empty(), "{} names\n{}", said.len(), said.join("\n"));
}

fn add_types(items: &[Item], file: &str, places: &mut BTreeMap<String, Vec<String>>) {
    for item in items {
        let (name, attributes) = match item {
            Item::Struct(item) => (&item.ident, &item.attrs),
            Item::Enum(item) => (&item.ident, &item.attrs),
            Item::Trait(item) => (&item.ident, &item.attrs),
            Item::Type(item) => (&item.ident, &item.attrs),
            Item::Union(item) => (&item.ident, &item.attrs),
            Item::Mod(item) if !is_test(&item.attrs) => {
                if let Some((_, items)) = &item.content {
                    add_types(items, file, places);
                }
                continue;
            }
            _ => continue,
        };
        if !is_test(attributes) {
            let files = places.entry(name.to_string()).or_default();
            // A type for another system may have the name of one in its file.
            if files.last().is_none_or(|last| last != file) {
                files.push(file.to_owned());
            }
        }
    }
}
