//! What a plain scalar means in the YAML 1.2 core schema: `yes`, `on` and dates stay strings.

use serde_json::{Number, Value};

use super::dialect::Dialect;
use super::number::{from_float, js_number};

/// The value of a plain scalar.
pub(crate) fn resolve_plain(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ => number(text).unwrap_or_else(|| Value::String(text.to_owned())),
    }
}

/// The key that a JavaScript object has for a value.
pub(crate) fn key_name(value: Value) -> String {
    match value {
        Value::String(key) => key,
        Value::Null => String::new(),
        Value::Number(number) => js_number(&number),
        other => other.to_string(),
    }
}

/// True where the plain text would not be read as a string.
pub(crate) fn is_typed(text: &str, dialect: Dialect) -> bool {
    matches!(
        text,
        "" | "~" | "null" | "Null" | "NULL" | "true" | "True" | "TRUE" | "false" | "False" | "FALSE"
    ) || is_no_finite_number(text, dialect)
        || is_number(text)
}

/// Infinity and not-a-number; 1.x takes them in any mix of cases.
fn is_no_finite_number(text: &str, dialect: Dialect) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    match dialect {
        Dialect::Yaml1 => unsigned.eq_ignore_ascii_case(".inf") || text.eq_ignore_ascii_case(".nan"),
        Dialect::Yaml2 => {
            matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN")
        }
    }
}

/// Looks like a number, however large.
fn is_number(text: &str) -> bool {
    let in_radix = |prefix, radix| {
        let digits = text.strip_prefix(prefix).unwrap_or_default();
        !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(radix))
    };
    in_radix("0o", 8) || in_radix("0x", 16) || is_decimal(text.strip_prefix(['-', '+']).unwrap_or(text))
}

fn number(text: &str) -> Option<Value> {
    let first = *text.as_bytes().first()?;
    if !(first.is_ascii_digit() || matches!(first, b'-' | b'+' | b'.')) {
        return None;
    }
    radix(text, "0o", 8)
        .or_else(|| radix(text, "0x", 16))
        .or_else(|| decimal(text))
        .map(Value::Number)
}

fn radix(text: &str, prefix: &str, radix: u32) -> Option<Number> {
    let digits = text.strip_prefix(prefix)?;
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(radix)) {
        return None;
    }
    let value = digits.chars().filter_map(|digit| digit.to_digit(radix));
    from_float(value.fold(0.0, |sum, digit| sum * f64::from(radix) + f64::from(digit)))
}

fn decimal(text: &str) -> Option<Number> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !is_decimal(unsigned) {
        return None;
    }
    let value: f64 = text.strip_prefix('+').unwrap_or(text).parse().ok()?;
    from_float(value)
}

fn is_decimal(unsigned: &str) -> bool {
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let some_digit = !whole.is_empty() || !fraction.is_empty();
    let exponent_is_fine = exponent.is_none_or(|exponent| {
        let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        !exponent.is_empty() && digits(exponent)
    });
    some_digit && digits(whole) && digits(fraction) && exponent_is_fine
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_the_core_schema_is_typed() {
        for text in [
            "yes",
            "no",
            "on",
            "y",
            "2024-01-01",
            "1_000",
            "0b1",
            "1.2.3",
            "0o8",
            "-",
            ".",
            "+",
            "e5",
        ] {
            assert_eq!(resolve_plain(text), json!(text), "{text}");
            assert!(!is_typed(text, Dialect::Yaml1), "{text}");
            assert!(!is_typed(text, Dialect::Yaml2), "{text}");
        }
    }

    #[test]
    fn numbers_read_as_in_javascript() {
        assert_eq!(resolve_plain("0x1f"), json!(31));
        assert_eq!(resolve_plain("0o17"), json!(15));
        assert_eq!(resolve_plain("1e3"), json!(1000));
        assert_eq!(resolve_plain("-1.5"), json!(-1.5));
        assert_eq!(resolve_plain("1."), json!(1));
        assert_eq!(resolve_plain(".5"), json!(0.5));
        assert_eq!(resolve_plain("+7"), json!(7));
    }

    #[test]
    fn what_json_cannot_hold_stays_text() {
        assert_eq!(resolve_plain(".inf"), json!(".inf"));
        assert_eq!(resolve_plain("1e999"), json!("1e999"));
        assert!(is_typed(".NaN", Dialect::Yaml2));
        assert!(is_typed("1e999", Dialect::Yaml2));
    }
}
