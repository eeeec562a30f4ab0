#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sheaf_properties::received(bytes));
