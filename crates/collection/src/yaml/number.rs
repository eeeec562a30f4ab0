//! Numbers as JavaScript prints them.

use serde_json::Number;

const LARGEST_EXACT: u64 = 1 << 53;

/// The text `JSON.stringify` would give for this number.
pub(crate) fn js_number(number: &Number) -> String {
    if let Some(integer) = number.as_i64()
        && integer.unsigned_abs() <= LARGEST_EXACT
    {
        return integer.to_string();
    }
    number.as_f64().map_or_else(|| number.to_string(), js_float)
}

/// A JSON number for a float, as an integer where JavaScript would print one.
pub(crate) fn from_float(value: f64) -> Option<Number> {
    #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)]
    if value.fract() == 0.0 && value.abs() <= LARGEST_EXACT as f64 {
        return Some(Number::from(value as i64));
    }
    Number::from_f64(value)
}

fn js_float(value: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    let scientific = shortest(value.abs());
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((scientific.as_str(), "0"));
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let point = exponent.parse::<i32>().unwrap_or(0) + 1;
    let sign = if value < 0.0 { "-" } else { "" };
    format!("{sign}{}", place_point(&digits, point))
}

/// The fewest digits that tell the number from all others; of two such texts that are equally near, the even one.
fn shortest(value: f64) -> String {
    let shortest = format!("{value:e}");
    let mantissa = shortest.split('e').next().unwrap_or_default();
    let decimals = mantissa.len().saturating_sub("1.".len());
    let even = format!("{value:.decimals$e}");
    if even.parse() == Ok(value) { even } else { shortest }
}

fn place_point(digits: &str, point: i32) -> String {
    let count = i32::try_from(digits.len()).unwrap_or(i32::MAX);
    if count <= point && point <= 21 {
        return format!("{digits}{}", zeros(point - count));
    }
    if 0 < point && point <= 21 {
        let (whole, fraction) = digits.split_at(usize::try_from(point).unwrap_or(0));
        return format!("{whole}.{fraction}");
    }
    if -6 < point && point <= 0 {
        return format!("0.{}{digits}", zeros(-point));
    }
    let exponent = point - 1;
    let sign = if exponent < 0 { '-' } else { '+' };
    let (first, rest) = digits.split_at(1);
    let dot = if rest.is_empty() { "" } else { "." };
    format!("{first}{dot}{rest}e{sign}{}", exponent.abs())
}

fn zeros(count: i32) -> String {
    "0".repeat(usize::try_from(count).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_print_as_in_javascript() {
        for (value, text) in [
            (-1_717_000_000_050.5, "-1717000000050.5"),
            (1e21, "1e+21"),
            (1e20, "100000000000000000000"),
            (1.5e-7, "1.5e-7"),
            (0.000_001, "0.000001"),
            (123.0, "123"),
            (0.1, "0.1"),
            (6_416_559_610_859_328.0 / 2048.0, "3133085747489.9062"),
            (-0.0, "0"),
        ] {
            assert_eq!(js_float(value), text);
        }
    }

    #[test]
    fn integers_beyond_the_exact_range_are_rounded_as_in_javascript() {
        assert_eq!(
            js_number(&Number::from(12_345_678_901_234_567_890_u64)),
            "12345678901234567000"
        );
        assert_eq!(js_number(&Number::from(1_717_000_000_000_i64)), "1717000000000");
    }
}
