//! The options of cURL, from its manual page (8.x): which take a value, and what they mean for a request.

/// What an option does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Does {
    /// Method.
    Method,
    /// One header.
    Header,
    /// Data as it is, or a file behind `@`.
    Data,
    /// Data as it is, whatever it starts with.
    DataRaw,
    /// Data that is encoded first.
    DataUrlEncoded,
    /// JSON, with its headers.
    Json,
    /// A field of a form, or a file behind `@`.
    Form,
    /// A field of a form as it is.
    FormString,
    /// User name and password.
    User,
    /// Data goes into the query.
    Get,
    /// Address.
    Url,
    /// A piece of the query.
    UrlQuery,
    /// Cookies, or a file of them.
    Cookie,
    /// Header `User-Agent`.
    UserAgent,
    /// Header `Referer`.
    Referer,
    /// `HEAD`.
    Head,
    /// Follow redirects.
    Location,
    /// Send a file.
    Upload,
    /// Digest authentication.
    Digest,
    /// NTLM authentication.
    Ntlm,
    /// Basic authentication, the standard.
    Basic,
    /// A bearer token.
    Bearer,
    /// Amazon's signature; its value names provider, region and service.
    AwsSigV4,
    /// Credentials from the user's own file.
    Netrc,
    /// The next request starts.
    Next,
    /// Means nothing for a request in a collection, or is done anyway.
    Nothing,
    /// Not taken, though it changes what happens; with a value or without.
    Left,
}

/// An option.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known {
    /// What it does.
    pub does: Does,
    /// Another word belongs to it.
    pub takes_value: bool,
}

/// The option of this long name, without dashes.
pub(crate) fn long(name: &str) -> Option<Known> {
    use Does as D;
    let does = match name {
        "request" => D::Method,
        "header" => D::Header,
        "data" | "data-ascii" | "data-binary" => D::Data,
        "data-raw" => D::DataRaw,
        "data-urlencode" => D::DataUrlEncoded,
        "json" => D::Json,
        "form" => D::Form,
        "form-string" => D::FormString,
        "user" => D::User,
        "get" => D::Get,
        "url" => D::Url,
        "url-query" => D::UrlQuery,
        "cookie" => D::Cookie,
        "user-agent" => D::UserAgent,
        "referer" => D::Referer,
        "head" => D::Head,
        "location" | "location-trusted" => D::Location,
        "upload-file" => D::Upload,
        "digest" => D::Digest,
        "ntlm" => D::Ntlm,
        "basic" => D::Basic,
        "oauth2-bearer" => D::Bearer,
        "aws-sigv4" => D::AwsSigV4,
        "netrc" => D::Netrc,
        "next" => D::Next,
        _ if NOTHING.contains(&name) => D::Nothing,
        _ if LEFT.contains(&name) => D::Left,
        _ if NOTHING_WITH_VALUE.contains(&name) => {
            return Some(Known {
                does: D::Nothing,
                takes_value: true,
            });
        }
        _ if LEFT_WITH_VALUE.contains(&name) => {
            return Some(Known {
                does: D::Left,
                takes_value: true,
            });
        }
        _ => return None,
    };
    let takes_value = matches!(
        does,
        D::Method
            | D::Header
            | D::Data
            | D::DataRaw
            | D::DataUrlEncoded
            | D::Json
            | D::Form
            | D::FormString
            | D::User
            | D::Url
            | D::UrlQuery
            | D::Cookie
            | D::UserAgent
            | D::Referer
            | D::Upload
            | D::Bearer
            | D::AwsSigV4
    );
    Some(Known { does, takes_value })
}

/// The long name of a short option.
pub(crate) fn short(letter: char) -> Option<&'static str> {
    let name = match letter {
        'X' => "request",
        'H' => "header",
        'd' => "data",
        'F' => "form",
        'u' => "user",
        'G' => "get",
        'b' => "cookie",
        'A' => "user-agent",
        'e' => "referer",
        'I' => "head",
        'L' => "location",
        'T' => "upload-file",
        'n' => "netrc",
        ':' => "next",
        'k' => "insecure",
        's' => "silent",
        'S' => "show-error",
        'v' => "verbose",
        'i' => "include",
        'f' => "fail",
        'g' => "globoff",
        'N' => "no-buffer",
        'O' => "remote-name",
        'J' => "remote-header-name",
        'R' => "remote-time",
        'Z' => "parallel",
        '#' => "progress-bar",
        'q' => "disable",
        '0' => "http1.0",
        '1' => "tlsv1",
        '2' => "sslv2",
        '3' => "sslv3",
        '4' => "ipv4",
        '6' => "ipv6",
        'a' => "append",
        'B' => "use-ascii",
        'j' => "junk-session-cookies",
        'l' => "list-only",
        'M' => "manual",
        'p' => "proxytunnel",
        'V' => "version",
        'h' => "help",
        'o' => "output",
        'w' => "write-out",
        'c' => "cookie-jar",
        'D' => "dump-header",
        'm' => "max-time",
        'x' => "proxy",
        'U' => "proxy-user",
        'E' => "cert",
        'K' => "config",
        'r' => "range",
        'C' => "continue-at",
        'y' => "speed-time",
        'Y' => "speed-limit",
        'z' => "time-cond",
        'P' => "ftp-port",
        'Q' => "quote",
        't' => "telnet-option",
        _ => return None,
    };
    Some(name)
}

/// How the answer is shown or kept, and what Insomnia does by itself.
const NOTHING: &[&str] = &[
    "silent",
    "show-error",
    "verbose",
    "include",
    "show-headers",
    "fail",
    "fail-with-body",
    "fail-early",
    "no-buffer",
    "remote-name",
    "remote-name-all",
    "remote-header-name",
    "remote-time",
    "progress-bar",
    "no-progress-meter",
    "progress-meter",
    "parallel",
    "parallel-immediate",
    "disable",
    "globoff",
    "compressed",
    "trace-time",
    "trace-ids",
    "create-dirs",
    "styled-output",
    "manual",
    "version",
    "help",
    "tcp-nodelay",
    "keepalive",
    "alpn",
    "sessionid",
    "ca-native",
];

const NOTHING_WITH_VALUE: &[&str] = &[
    "output",
    "output-dir",
    "write-out",
    "dump-header",
    "trace",
    "trace-ascii",
    "trace-config",
    "stderr",
    "parallel-max",
    "create-file-mode",
    "max-filesize",
];

const LEFT: &[&str] = &[
    "insecure",
    "append",
    "use-ascii",
    "junk-session-cookies",
    "list-only",
    "proxytunnel",
    "http0.9",
    "http1.0",
    "http1.1",
    "http2",
    "http2-prior-knowledge",
    "http3",
    "http3-only",
    "tlsv1",
    "tlsv1.0",
    "tlsv1.1",
    "tlsv1.2",
    "tlsv1.3",
    "sslv2",
    "sslv3",
    "ssl",
    "ssl-reqd",
    "ssl-no-revoke",
    "ssl-revoke-best-effort",
    "ssl-allow-beast",
    "ipv4",
    "ipv6",
    "negotiate",
    "anyauth",
    "path-as-is",
    "post301",
    "post302",
    "post303",
    "raw",
    "tr-encoding",
    "ignore-content-length",
    "proxy-insecure",
    "proxy-basic",
    "proxy-digest",
    "proxy-ntlm",
    "proxy-negotiate",
    "proxy-anyauth",
    "retry-connrefused",
    "retry-all-errors",
    "netrc-optional",
    "form-escape",
    "disallow-username-in-url",
    "tcp-fastopen",
    "xattr",
    "cert-status",
    "doh-insecure",
    "haproxy-protocol",
    "suppress-connect-headers",
    "etag",
];

const LEFT_WITH_VALUE: &[&str] = &[
    "cookie-jar",
    "max-time",
    "connect-timeout",
    "proxy",
    "preproxy",
    "proxy-user",
    "proxy-header",
    "proxy-cacert",
    "proxy-cert",
    "proxy-key",
    "proxy1.0",
    "noproxy",
    "socks4",
    "socks4a",
    "socks5",
    "socks5-hostname",
    "cert",
    "cert-type",
    "key",
    "key-type",
    "pass",
    "cacert",
    "capath",
    "config",
    "range",
    "continue-at",
    "speed-time",
    "speed-limit",
    "time-cond",
    "ftp-port",
    "quote",
    "telnet-option",
    "resolve",
    "connect-to",
    "interface",
    "local-port",
    "unix-socket",
    "abstract-unix-socket",
    "retry",
    "retry-delay",
    "retry-max-time",
    "limit-rate",
    "rate",
    "max-redirs",
    "netrc-file",
    "ciphers",
    "tls13-ciphers",
    "tls-max",
    "curves",
    "crlfile",
    "pinnedpubkey",
    "engine",
    "dns-servers",
    "dns-interface",
    "doh-url",
    "keepalive-time",
    "keepalive-cnt",
    "request-target",
    "proto",
    "proto-default",
    "proto-redir",
    "delegation",
    "service-name",
    "expect100-timeout",
    "happy-eyeballs-timeout-ms",
    "alt-svc",
    "hsts",
    "etag-save",
    "etag-compare",
    "variable",
    "login-options",
    "sasl-authzid",
    "krb",
    "libcurl",
    "ip-tos",
    "vlan-priority",
    "haproxy-clientip",
    "ech",
];
