//! Made tokens: what is found of them, and what is left alone.

#![allow(clippy::unwrap_used, clippy::panic)]

use sheaf_guard::{Guard, Known, masked};

/// Splitmix64: the same tokens in every run.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn of(&mut self, alphabet: &str, count: usize) -> String {
        let chars: Vec<char> = alphabet.chars().collect();
        let length = u64::try_from(chars.len()).unwrap();
        (0..count)
            .map(|_| chars[usize::try_from(self.next() % length).unwrap()])
            .collect()
    }

    /// `{A20}` stands for twenty characters of the alphabet A; everything else for itself.
    fn fill(&mut self, grammar: &str) -> String {
        let mut text = String::new();
        let mut rest = grammar;
        while let Some((before, behind)) = rest.split_once('{') {
            text.push_str(before);
            let (piece, behind) = behind.split_once('}').unwrap();
            let (alphabet, count) = piece.split_at(1);
            text += &self.of(alphabet_of(alphabet), count.parse().unwrap());
            rest = behind;
        }
        text + rest
    }
}

fn alphabet_of(letter: &str) -> &'static str {
    match letter {
        "d" => "0123456789",
        "h" => "0123456789abcdef",
        "H" => "0123456789ABCDEF",
        "w" => "0123456789abcdefghijklmnopqrstuvwxyz",
        "U" => "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "A" => "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
        "_" => "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-",
        "b" => "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+/",
        "2" => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
        "g" => "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L",
        "p" => "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789!#*+?^~",
        other => panic!("no alphabet {other}"),
    }
}

/// Codes with what their providers document. The prefixes are put together, so that no scanner takes this file for one
/// that holds tokens.
#[allow(clippy::too_many_lines, reason = "a list")]
fn grammars() -> Vec<(&'static str, String)> {
    let list: &[(&str, &[&str])] = &[
        ("github-token", &["gh", "p_{A36}"]),
        ("github-token", &["gh", "o_{A36}"]),
        ("github-token", &["gh", "u_{A36}"]),
        ("github-token", &["gh", "s_{A36}"]),
        ("github-token", &["gh", "r_{A76}"]),
        ("github-token", &["github", "_pat_{A22}_{A59}"]),
        ("gitlab-token", &["gl", "pat-{_20}"]),
        ("gitlab-token", &["gl", "dt-{_20}"]),
        ("gitlab-token", &["gl", "pat-{_27}.01.{w9}"]),
        ("bitbucket-token", &["AT", "BB{A24}{H8}"]),
        ("atlassian-token", &["ATA", "TT3xFfGF0{_170}={H8}"]),
        ("azure-devops-token", &["{A76}AZ", "DO{A4}"]),
        ("aws-access-key", &["AK", "IA{216}"]),
        ("aws-access-key", &["AS", "IA{216}"]),
        ("aws-secret-key", &["aws_secret_access_key = {b40}"]),
        ("google-api-key", &["AI", "za{_35}"]),
        ("google-client-secret", &["GOC", "SPX-{_28}"]),
        ("google-access-token", &["ya", "29.{_120}"]),
        (
            "azure-storage-key",
            &[
                "DefaultEndpointsProtocol=https;AccountName=parcels;Account",
                "Key={b86}==",
            ],
        ),
        (
            "azure-shared-key",
            &[
                "Endpoint=sb://parcels.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccess",
                "Key={b43}=",
            ],
        ),
        (
            "azure-sas",
            &[
                "https://parcels.blob.core.windows.net/x?sv=2022-11-02&ss=b&srt=sco&sp=rl&si",
                "g={A40}%2B{A3}%3D",
            ],
        ),
        ("azure-client-secret", &["{A3}8", "Q~{A34}"]),
        ("digitalocean-token", &["do", "p_v1_{h64}"]),
        ("heroku-token", &["HR", "KU-AA{_58}"]),
        ("fly-token", &["fm", "2_{b120}"]),
        ("netlify-token", &["nf", "p_{A36}"]),
        ("alibaba-key", &["LT", "AI{A20}"]),
        ("npm-token", &["np", "m_{A36}"]),
        ("pypi-token", &["py", "pi-AgEIcHlwaS5vcmc{_150}"]),
        ("docker-token", &["dckr", "_pat_{_27}"]),
        ("rubygems-token", &["ruby", "gems_{h48}"]),
        ("cratesio-token", &["ci", "o{A32}"]),
        ("slack-token", &["xo", "xb-{d12}-{d12}-{A24}"]),
        ("slack-token", &["xo", "xp-{d12}-{d12}-{d12}-{h32}"]),
        ("slack-app-token", &["xa", "pp-1-{U11}-{d13}-{h64}"]),
        (
            "slack-webhook",
            &["https://hooks.slack", ".com/services/T{U10}/B{U10}/{A24}"],
        ),
        (
            "discord-webhook",
            &["https://discord", ".com/api/webhooks/{d18}/{_68}"],
        ),
        ("discord-token", &["M", "{A23}.{A6}.{_38}"]),
        ("telegram-token", &["{d10}:", "AA{_33}"]),
        ("twilio-key", &["S", "K{h32}"]),
        ("sendgrid-key", &["S", "G.{_22}.{_43}"]),
        ("mailgun-key", &["ke", "y-{h32}"]),
        ("mailchimp-key", &["{h32}-", "us14"]),
        ("brevo-key", &["xkey", "sib-{h64}-{A16}"]),
        ("stripe-key", &["sk", "_live_{A24}"]),
        ("stripe-key", &["rk", "_live_{A99}"]),
        ("stripe-webhook-secret", &["wh", "sec_{A32}"]),
        ("shopify-token", &["shp", "at_{h32}"]),
        ("shopify-token", &["shp", "ss_{h32}"]),
        ("square-token", &["sq0", "csp-{_43}"]),
        ("anthropic-key", &["sk-", "ant-api03-{_93}AA"]),
        ("openai-key", &["sk-", "proj-{_124}"]),
        ("openai-key", &["sk-", "{A20}T3Blbk", "FJ{A20}"]),
        ("openrouter-key", &["sk-", "or-v1-{h64}"]),
        ("huggingface-token", &["h", "f_{A34}"]),
        ("groq-key", &["gs", "k_{A52}"]),
        ("xai-key", &["xa", "i-{A80}"]),
        ("replicate-token", &["r", "8_{A37}"]),
        ("postman-key", &["PM", "AK-{h24}-{h34}"]),
        ("linear-key", &["lin", "_api_{A40}"]),
        ("databricks-token", &["da", "pi{h32}"]),
        ("notion-token", &["nt", "n_{A46}"]),
        ("figma-token", &["fi", "gd_{_40}"]),
        ("grafana-token", &["gl", "sa_{A32}_{h8}"]),
        ("newrelic-key", &["NR", "AK-{U27}"]),
        ("sentry-token", &["sn", "tryu_{h64}"]),
        ("vault-token", &["hv", "s.{A90}"]),
        ("terraform-token", &["{A14}.atlas", "v1.{_67}"]),
        ("doppler-token", &["dp", ".pt.{A43}"]),
        ("pulumi-token", &["pu", "l-{h40}"]),
        ("planetscale-token", &["psc", "ale_tkn_{_43}"]),
        ("supabase-token", &["sb", "p_{h40}"]),
        ("airtable-token", &["pa", "t{A14}.{h64}"]),
        ("contentful-token", &["CF", "PAT-{_43}"]),
        ("dynatrace-token", &["dt", "0c01.{U24}.{U64}"]),
        ("kong-token", &["kp", "at_{A49}"]),
        ("age-secret-key", &["AGE-SEC", "RET-KEY-1{g58}"]),
        (
            "private-key",
            &[
                "-----BEGIN RSA PRIV",
                "ATE KEY-----\n{b64}\n{b64}\n{b40}==\n-----END RSA PRIVATE KEY-----",
            ],
        ),
        (
            "private-key",
            &[
                "-----BEGIN OPENSSH PRIV",
                "ATE KEY-----\\n{b70}\\n{b70}\\n-----END OPENSSH PRIVATE KEY-----",
            ],
        ),
        (
            "putty-private-key",
            &[
                "PuTTY-User-Key-",
                "File-3: ssh-ed25519\nEncryption: none\nComment: key\nPublic-Lines: 1\n{b60}\nPrivate-Lines: 1\n{b48}\nPrivate-MAC: {h64}",
            ],
        ),
        (
            "password-in-address",
            &["postgres://parcels:", "{A18}@db.parcels.test:5432/parcels"],
        ),
        (
            "connection-string",
            &[
                "Server=db.parcels.test;Database=parcels;User Id=sa;Pass",
                "word={A18};",
            ],
        ),
    ];
    list.iter().map(|(code, parts)| (*code, parts.concat())).collect()
}

/// Values that are secrets by their name alone, with such names.
const NAMED: &[(&str, &str)] = &[
    ("password", "{p16}"),
    ("clientSecret", "{A40}"),
    ("client_secret", "{_32}"),
    ("consumerSecret", "{A50}"),
    ("X-API-Key", "{h32}"),
    ("apiKey", "{A32}"),
    ("Authorization", "Bearer {A40}"),
    ("Authorization", "{h40}"),
    ("access_token", "eyJ{A30}.eyJ{A60}.{_43}"),
    ("AWS_SECRET_KEY", "{b40}"),
    ("privateKey", "{b64}"),
    ("twilioAuthToken", "{h32}"),
    ("heroku_api_key", "{h8}-{h4}-4{h3}-a{h3}-{h12}"),
    ("cloudflare_api_token", "{_40}"),
    ("X-Auth-Token", "{w24}"),
];

const OF_EACH: usize = 4;

#[test]
fn made_tokens_are_found() {
    let (mut made, mut found, mut lost) = (0, 0, Vec::new());
    let mut chance = Chance(20_241_129);
    let guard = Guard::default();
    for (code, grammar) in grammars() {
        for number in 0..OF_EACH {
            let token = chance.fill(&grammar);
            let text = surrounded(number, &token);
            made += 1;
            if guard.find("", &text).iter().any(|found| found.code == code) {
                found += 1;
            } else {
                lost.push(format!("{code}: {text}"));
            }
        }
    }
    for (name, grammar) in NAMED {
        for _ in 0..OF_EACH {
            let value = chance.fill(grammar);
            made += 1;
            match guard.find(name, &value).len() {
                1 => found += 1,
                _ => lost.push(format!("{name}: {value}")),
            }
        }
    }
    eprintln!("made {made}, found {found}");
    assert!(made >= 200);
    assert!(found * 100 >= made * 98, "{found} of {made}: {lost:#?}");
}

/// As tokens stand in requests, bodies, scripts and files.
fn surrounded(number: usize, token: &str) -> String {
    match number {
        0 => token.to_owned(),
        1 => format!("{{\n  \"field\": \"{}\"\n}}", token.replace('\n', "\\n")),
        2 => format!("const value = '{token}';\nconsole.log(value);"),
        _ => format!("text before {token} and behind"),
    }
}

/// The names alone, without a value that could be a secret, and what only has the shape of one.
#[test]
fn examples_templates_and_ids_are_left_alone() {
    let guard = Guard::default();
    for (name, text) in [
        ("Authorization", "Bearer {{ _.token }}"),
        ("Authorization", "Bearer <your-token>"),
        ("Authorization", "Basic dXNlcjpwYXNzd29yZA=="),
        ("password", "{% prompt 'Password', '', '', '', true, true %}"),
        ("password", "changeme"),
        ("password", "hunter2"),
        ("token", "xxxxxxxxxxxxxxxxxxxxxxxx"),
        ("apiKey", "YOUR_API_KEY_HERE_12345"),
        ("clientSecret", "${CLIENT_SECRET}"),
        (
            "accessTokenUrl",
            "https://login.parcels.test/a8f5f167f44f4964e6c998dee827110c",
        ),
        ("id", "req_3f2504e04f8941d39a0c0305e82c3301"),
        ("name", "List shipments"),
        ("url", "https://{{ _.user }}:{{ _.password }}@parcels.test"),
        ("url", "https://parcels.test/v1/shipments?token={{ _.token }}"),
        ("url", "http://user:pass@parcels.test"),
        ("", "AKIAIOSFODNN7EXAMPLE"),
        (
            "aws_secret_access_key",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        ),
        ("", "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----"),
        ("", "const token = pm.response.json().access_token;"),
        ("", "pm.environment.set(\"token\", jsonData.token1.value2);"),
        ("", "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="),
    ] {
        assert_eq!(guard.find(name, text), [], "{name}: {text}");
    }
}

#[test]
fn values_in_running_text_are_found_by_their_name() {
    let guard = Guard::default();
    let value = Chance(7).fill("{A32}");
    for text in [
        format!("{{\"client_secret\": \"{value}\"}}"),
        format!("{{\\\"client_secret\\\": \\\"{value}\\\"}}"),
        format!("https://parcels.test/v1?x=1&api_key={value}&y=2"),
        format!("grant_type=password&client_secret={value}"),
        format!("PARCELS_TOKEN={value}"),
        format!("  password: {value} # of the demo"),
        format!("curl -H 'Authorization: Bearer {value}' https://parcels.test"),
        format!("const apiKey = \"{value}\";"),
    ] {
        let found = guard.find("", &text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert_eq!(&text[found[0].range.clone()], value, "{text}");
    }
}

#[test]
fn known_values_are_found_in_every_form() {
    let value = "plain words, known+here/";
    let guard = Guard::new(&[Known {
        what: "the access token".to_owned(),
        value: value.to_owned(),
    }]);
    for text in [
        "say plain words, known+here/ aloud",
        "?x=plain%20words%2C%20known%2Bhere%2F&y",
        // user:plain words, known+here/ in Base64
        "Basic dXNlcjpwbGFpbiB3b3Jkcywga25vd24raGVyZS8=",
    ] {
        let found = guard.find("", text);
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(
            (found[0].code, found[0].what.as_str()),
            ("known-value", "the access token")
        );
    }
    assert_eq!(guard.find("", "plain words, known here"), []);
    assert!(
        !format!(
            "{:?}",
            Known {
                what: String::new(),
                value: value.to_owned()
            }
        )
        .contains("words")
    );
}

#[test]
fn what_is_shown_of_a_token_does_not_open_anything() {
    let token = Chance(3).fill("{A36}");
    let shown = masked(&token);
    assert_eq!(shown, format!("{}…{}", &token[..4], &token[32..]));
}
