//! Nothing that looks like a secret leaves in a record, an error or a report.

/// A URL without user, token, query and fragment.
pub fn url(text: &str) -> String {
    let text = text.split(['?', '#']).next().unwrap_or_default();
    match text.split_once("://") {
        Some((scheme, rest)) => {
            let (authority, path) = rest.find('/').map_or((rest, ""), |i| rest.split_at(i));
            let host = authority.rsplit('@').next().unwrap_or_default();
            format!("{scheme}://{host}{path}")
        }
        None => text.to_owned(),
    }
}

/// Text with the user information of every URL in it and everything that has the shape of a host's token replaced.
pub fn text(text: &str) -> String {
    text.split_inclusive(char::is_whitespace).map(word).collect()
}

fn word(word: &str) -> String {
    let body = word.trim_end();
    let tail = &word[body.len()..];
    if let Some(start) = body.find("://") {
        let authority = &body[start + 3..];
        let end = authority.find('/').unwrap_or(authority.len());
        if let Some(at) = authority[..end].rfind('@') {
            return format!("{}://***@{}{tail}", &body[..start], &authority[at + 1..]);
        }
    }
    if TOKEN_PREFIXES.iter().any(|p| body.contains(p)) {
        return format!("***{tail}");
    }
    word.to_owned()
}

/// How tokens of the known hosts begin (each host documents its own prefix).
const TOKEN_PREFIXES: [&str; 10] = [
    "ghp_",
    "gho_",
    "ghu_",
    "ghs_",
    "ghr_",
    "github_pat_",
    "glpat-",
    "gldt-",
    "ATBB",
    "ATCTT",
];

#[cfg(test)]
mod tests {
    use super::{text, url};

    #[test]
    fn user_information_goes() {
        assert_eq!(
            url("https://me:secret@host:8443/a/b?x=1#f"),
            "https://host:8443/a/b"
        );
        assert_eq!(text("see https://me:s@h/a now"), "see https://***@h/a now");
    }

    #[test]
    fn tokens_go() {
        assert_eq!(text("token ghp_abc\nnext"), "token ***\nnext");
    }
}
