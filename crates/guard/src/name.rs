//! Names that say that what they name is a secret.

/// A word that says so by itself, also within a name without capitals or marks between its words.
const TELLING: [&str; 12] = [
    "password",
    "passwd",
    "passphrase",
    "passcode",
    "secret",
    "token",
    "credential",
    "authorization",
    "apikey",
    "accesskey",
    "privatekey",
    "authkey",
];

/// Words that say so before `key`.
const KEYS: [&str; 19] = [
    "api",
    "access",
    "private",
    "secret",
    "signing",
    "encryption",
    "master",
    "auth",
    "shared",
    "account",
    "subscription",
    "service",
    "license",
    "client",
    "consumer",
    "admin",
    "storage",
    "webhook",
    "app",
];

/// Short words that only say so alone.
const ALONE: [&str; 3] = ["pwd", "pass", "pw"];

/// At the end of a name they say that it names something about a secret, and not the secret.
const ABOUT: [&str; 37] = [
    "id",
    "ids",
    "url",
    "uri",
    "urls",
    "type",
    "types",
    "name",
    "names",
    "field",
    "header",
    "prefix",
    "suffix",
    "path",
    "endpoint",
    "length",
    "expires",
    "expiry",
    "expiration",
    "ttl",
    "count",
    "limit",
    "file",
    "location",
    "algorithm",
    "method",
    "hint",
    "policy",
    "enabled",
    "disabled",
    "required",
    "status",
    "format",
    "scope",
    "scopes",
    "audience",
    "issuer",
];

/// Tokens that open nothing: of pages, forms and repeated requests.
const HARMLESS: [&str; 9] = [
    "page",
    "pages",
    "next",
    "continuation",
    "cursor",
    "csrf",
    "xsrf",
    "idempotency",
    "public",
];

/// Whether what stands under this name is a secret by its name.
pub fn says_secret(name: &str) -> bool {
    let words = words(name);
    let Some(last) = words.last() else { return false };
    if ABOUT.contains(&last.as_str()) || words.iter().any(|word| HARMLESS.contains(&word.as_str())) {
        return false;
    }
    let joined = words.concat();
    if [
        "url",
        "uri",
        "endpoint",
        "type",
        "expires",
        "csrftoken",
        "xsrftoken",
    ]
    .iter()
    .any(|end| joined.ends_with(end))
    {
        return false;
    }
    let is_key =
        |pair: &[String]| matches!(pair[1].as_str(), "key" | "keys") && KEYS.contains(&pair[0].as_str());
    TELLING.iter().any(|word| joined.contains(word))
        || words.iter().any(|word| ALONE.contains(&word.as_str()))
        || words.windows(2).any(is_key)
        || is_auth_header(&words)
}

/// `X-Auth`, `Auth`.
fn is_auth_header(words: &[String]) -> bool {
    matches!(words, [auth] | [_, auth] if auth == "auth")
        && words.first().is_some_and(|word| word == "x" || word == "auth")
}

/// The words of `accessToken`, `ACCESS_TOKEN`, `Access-Token`, in small letters.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before = None;
    for char in name.chars() {
        if !char.is_alphanumeric() {
            before = None;
            continue;
        }
        let begins = match before {
            None => true,
            Some(last) => char.is_uppercase() && char::is_lowercase(last),
        };
        if begins {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.extend(char.to_lowercase());
        }
        before = Some(char);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::says_secret;

    #[test]
    fn names_of_secrets() {
        for name in [
            "password",
            "clientSecret",
            "client_secret",
            "consumerSecret",
            "API-Key",
            "x-api-key",
            "apikey",
            "Authorization",
            "Proxy-Authorization",
            "access_token",
            "X-Auth-Token",
            "privateKey",
            "PRIVATE_KEY",
            "aws_secret_access_key",
            "secretAccessKey",
            "db.password",
            "mypassword",
            "pwd",
            "X-Auth",
            "Ocp-Apim-Subscription-Key",
            "STRIPE_SECRET",
            "signingKey",
        ] {
            assert!(says_secret(name), "{name}");
        }
    }

    #[test]
    fn names_of_other_things() {
        for name in [
            "",
            "url",
            "accessTokenUrl",
            "tokenType",
            "token_type",
            "secretName",
            "client_id",
            "nextToken",
            "page_token",
            "tokenPrefix",
            "author",
            "X-Tenant",
            "key",
            "keyboard",
            "passenger",
            "access_token_url",
            "csrf-token",
            "credentials_file",
            "compass",
            "oauth",
        ] {
            assert!(!says_secret(name), "{name}");
        }
    }
}
