//! Authentication in Insomnia's words.

use serde_json::{Map, Value, json};

use super::json::without_empty;

/// Values of some other program by their names there.
pub(crate) struct Given<'v>(pub &'v dyn Fn(&str) -> String);

impl Given<'_> {
    fn text(&self, name: &str) -> String {
        (self.0)(name)
    }

    /// The first of these that has a value.
    fn any(&self, names: &[&str]) -> String {
        names
            .iter()
            .map(|name| self.text(name))
            .find(|text| !text.is_empty())
            .unwrap_or_default()
    }

    fn flag(&self, name: &str) -> bool {
        self.text(name) == "true"
    }
}

/// The authentication of a type that has the same few names everywhere; nothing where Insomnia has no such type.
pub(crate) fn authentication(scheme: &str, given: &Given<'_>) -> Option<Value> {
    let auth = match scheme {
        "none" | "noauth" => json!({ "type": "none" }),
        "basic" => json!({
            "type": "basic", "username": given.text("username"), "password": given.text("password"),
        }),
        "bearer" => {
            let mut auth = json!({ "type": "bearer", "token": given.text("token") });
            let prefix = given.text("prefix");
            if !prefix.is_empty() && prefix != "Bearer" {
                auth["prefix"] = prefix.into();
            }
            auth
        }
        "digest" | "ntlm" => json!({
            "type": scheme, "username": given.text("username"), "password": given.text("password"),
        }),
        "apikey" => json!({
            "type": "apikey",
            "key": given.text("key"),
            "value": given.text("value"),
            "addTo": match given.any(&["in", "placement", "location"]).as_str() {
                "query" | "queryparams" | "queryParams" => "queryParams",
                "cookie" => "cookie",
                _ => "header",
            },
        }),
        "oauth1" => oauth1(given),
        "oauth2" => oauth2(given),
        "awsv4" | "iam" | "auth-aws-sig-v4" | "aws" => json!({
            "type": "iam",
            "accessKeyId": given.any(&["accessKeyId", "accessKey"]),
            "secretAccessKey": given.any(&["secretAccessKey", "secretKey"]),
            "sessionToken": given.text("sessionToken"),
            "region": given.text("region"),
            "service": given.text("service"),
        }),
        "hawk" => json!({
            "type": "hawk",
            "id": given.any(&["authId", "id"]),
            "key": given.any(&["authKey", "key"]),
            "ext": given.any(&["extraData", "ext"]),
            "algorithm": if given.text("algorithm") == "sha1" { "sha1" } else { "sha256" },
        }),
        "asap" => json!({
            "type": "asap",
            "issuer": given.any(&["iss", "issuer"]),
            "subject": given.any(&["sub", "subject"]),
            "audience": given.any(&["aud", "audience"]),
            "keyId": given.any(&["kid", "keyId"]),
            "privateKey": given.text("privateKey"),
            "additionalClaims": given.any(&["claims", "additionalClaims"]),
        }),
        "netrc" => json!({ "type": "netrc" }),
        _ => return None,
    };
    Some(auth)
}

fn oauth1(given: &Given<'_>) -> Value {
    filled(json!({
        "type": "oauth1",
        "signatureMethod": given.text("signatureMethod"),
        "consumerKey": given.text("consumerKey"),
        "consumerSecret": given.text("consumerSecret"),
        "tokenKey": given.any(&["token", "accessToken", "tokenKey"]),
        "tokenSecret": given.any(&["tokenSecret", "accessTokenSecret"]),
        "privateKey": given.text("privateKey"),
        "version": given.text("version"),
        "nonce": given.text("nonce"),
        "timestamp": given.text("timestamp"),
        "callback": given.any(&["callback", "callbackUrl"]),
        "realm": given.text("realm"),
        "verifier": given.text("verifier"),
        "includeBodyHash": given.flag("includeBodyHash"),
    }))
}

fn oauth2(given: &Given<'_>) -> Value {
    let grant = given.any(&["grant_type", "grantType", "flow"]);
    let grant = match grant.as_str() {
        "client_credentials" => "client_credentials",
        "implicit" => "implicit",
        "password" | "password_credentials" | "resource_owner_password_credentials" => "password",
        _ => "authorization_code",
    };
    let in_body = matches!(
        given
            .any(&[
                "client_authentication",
                "credentials_placement",
                "credentialsPlacement"
            ])
            .as_str(),
        "body"
    ) || given.flag("credentialsInBody");
    let with_pkce = given.text("grant_type").contains("pkce") || given.flag("pkce") || given.flag("usePkce");
    let mut auth = filled(json!({
        "type": "oauth2",
        "grantType": grant,
        "accessTokenUrl": given.any(&["accessTokenUrl", "access_token_url"]),
        "authorizationUrl": given.any(&["authUrl", "authorization_url", "authorizationUrl"]),
        "clientId": given.any(&["clientId", "client_id"]),
        "clientSecret": given.any(&["clientSecret", "client_secret"]),
        "audience": given.text("audience"),
        "scope": given.text("scope"),
        "resource": given.text("resource"),
        "username": given.text("username"),
        "password": given.text("password"),
        "redirectUrl": given.any(&["redirect_uri", "callback_url", "callbackUrl", "redirectUri"]),
        "state": given.text("state"),
        "accessToken": given.text("accessToken"),
        "refreshToken": given.text("refreshToken"),
        "tokenPrefix": given.any(&["headerPrefix", "token_header_prefix"]).trim(),
    }));
    if in_body {
        auth["credentialsInBody"] = true.into();
    }
    if with_pkce {
        auth["usePkce"] = true.into();
        let plain = given.any(&["challengeAlgorithm", "pkceMethod", "pkceChallengeMethod"]) == "plain";
        auth["pkceMethod"] = if plain { "plain" } else { "S256" }.into();
    }
    auth
}

fn filled(value: Value) -> Value {
    match value {
        Value::Object(map) => Value::Object(without_empty(map)),
        other => other,
    }
}

/// No authentication of its own: that of the folder.
pub(crate) fn inherited() -> Value {
    Value::Object(Map::new())
}
