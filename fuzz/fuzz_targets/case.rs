#![no_main]

#[path = "../../tests/hostile/promises.rs"]
mod promises;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| promises::case(bytes));
