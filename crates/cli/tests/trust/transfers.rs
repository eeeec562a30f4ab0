//! What a hostile host sends where a list of branches or a pack should be, and proxies on the way.

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::{Duration, Instant};

use sheaf_git_host::Fault;

use crate::support::{REPO, Ran, TOKEN, ran};
use crate::witness::{Work, assert_failed, assert_nothing_left, assert_silent};

const CAPABILITIES: &str = "multi_ack side-band-64k ofs-delta agent=git/2.0";

fn packet(bytes: &[u8]) -> Vec<u8> {
    [format!("{:04x}", bytes.len() + 4).as_bytes(), bytes].concat()
}

/// A list of refs as a host sends it.
fn list(refs: &[(&str, &str)]) -> Vec<u8> {
    let mut bytes = packet(b"# service=git-upload-pack\n");
    bytes.extend(b"0000");
    for (at, (id, name)) in refs.iter().enumerate() {
        let capabilities = if at == 0 {
            format!("\0{CAPABILITIES}")
        } else {
            String::new()
        };
        bytes.extend(packet(format!("{id} {name}{capabilities}\n").as_bytes()));
    }
    bytes.extend(b"0000");
    bytes
}

/// A pack as a host sends it, in the packets of its channel.
fn sent(pack: &[u8]) -> Vec<u8> {
    let mut bytes = packet(b"NAK\n");
    for piece in pack.chunks(60_000) {
        bytes.extend(packet(&[&[1], piece].concat()));
    }
    bytes.extend(b"0000");
    bytes
}

/// A clone and a fetch of what the host says end with one of these codes; nothing is lost or left, in bounded time.
fn each_ends(work: &Work, fault: &Fault, codes: &[&str], what: &str) {
    let before = work.witness();
    work.desk.host.fault(REPO, Some(fault.clone()));
    let clone = ["clone", &work.desk.url(), "new", "--ca-file", &work.desk.ca()];
    let runs: [&dyn Fn() -> Ran; 2] = [&|| work.desk.sheaf(work.desk.home(), &clone), &|| {
        work.sheaf(&["fetch"])
    }];
    for run in runs {
        let start = Instant::now();
        let ran = run();
        assert!(codes.contains(&ran.code()), "{what}: {}", ran.stdout);
        assert_failed(&ran, ran.code(), what);
        assert!(
            start.elapsed() < Duration::from_secs(30),
            "{what}: {:?}",
            start.elapsed()
        );
        assert!(!work.desk.path("new").exists(), "{what}");
        before.same(&work.desk, what);
    }
    work.desk.host.fault(REPO, None);
    before.untouched(&work.desk, what);
}

#[test]
fn a_list_that_is_none_is_refused() {
    let work = Work::new();
    let main = work.desk.remote_ref("main").unwrap();
    let whole = list(&[(&main, "refs/heads/main")]);
    let cut = whole[..whole.len() - 20].to_vec();
    let mut too_long = packet(b"# service=git-upload-pack\n");
    too_long.extend(b"0000fff0");
    let mut version_2 = packet(b"# service=git-upload-pack\n");
    version_2.extend(b"0000");
    version_2.extend(packet(b"version 2\n"));
    version_2.extend(packet(b"ls-refs=unborn\n"));
    version_2.extend(b"0000");
    let bad = [
        "not-a-git-host",
        "connection-broken",
        "damaged-transfer",
        "remote-error",
    ];
    for (bytes, what) in [
        (cut, "cut"),
        (too_long, "longer than it is"),
        (b"zzzz".to_vec(), "no length"),
        (packet(b"ERR no such thing\n"), "an error at once"),
        (
            [
                packet(b"# service=git-upload-pack\n"),
                b"0000".to_vec(),
                packet(b"ERR no such thing\n"),
            ]
            .concat(),
            "an error",
        ),
        (list(&[("zz", "refs/heads/main")]), "no id"),
        (version_2, "another version"),
        (vec![0; 4096], "zeros"),
    ] {
        each_ends(&work, &Fault::List(bytes), &bad, what);
    }
}

/// Names that no ref may have are left out, and all others arrive.
#[test]
fn refs_with_names_that_are_none_are_left_out() {
    let work = Work::new();
    let desk = &work.desk;
    let main = desk.remote_ref("main").unwrap();
    let long = format!("refs/heads/{}", "n".repeat(5000));
    let names = [
        "HEAD",
        "refs/heads/main",
        "refs/heads/main",
        "refs/heads/../../../evil",
        "refs/heads/a..b",
        "refs/heads/-x",
        "refs/heads/x.lock",
        "refs/heads/.hidden",
        "refs/heads/with space",
        "refs/heads/with\\back",
        "refs/heads/with\u{1b}[31m",
        "refs/heads/with@{1}",
        "refs/heads/",
        "refs/heads//twice",
        "refs/heads/HEAD",
        "refs/remotes/origin/planted",
        "refs/sheaf/undo/planted",
        "refs/notes/planted",
        "config",
        "../../config",
        "/etc/passwd",
        &long,
        "refs/heads/fine",
        "refs/heads/fine/below-planted",
        "refs/tags/v1",
        "refs/tags/v1/below-planted",
    ];
    let refs: Vec<(&str, &str)> = names.iter().map(|name| (main.as_str(), *name)).collect();
    let planted = |dir: &std::path::Path| {
        let refs = desk.git(dir, &["for-each-ref", "--format=%(refname)"]);
        assert!(refs.contains("refs/remotes/origin/fine"), "{refs}");
        for bad in ["planted", "..", "hidden", ".lock", "space", "back", "@{", "nnnn"] {
            assert!(!refs.contains(bad), "{bad}: {refs}");
        }
    };
    desk.host.fault(REPO, Some(Fault::List(list(&refs))));
    let before = fs::read(work.dir.join(".git/config")).unwrap();
    desk.ok(&work.dir, &["fetch"]);
    planted(&work.dir);
    assert_eq!(fs::read(work.dir.join(".git/config")).unwrap(), before);
    desk.ok(
        desk.home(),
        &["clone", &desk.url(), "new", "--ca-file", &desk.ca()],
    );
    planted(&desk.path("new"));
    desk.clean(&desk.path("new"));
    assert!(!desk.path("evil").exists());
    assert_nothing_left(desk, "names");
}

/// Old repositories have branches in other alphabets than UTF-8.
#[test]
fn a_name_that_is_no_text_is_left_out() {
    let work = Work::new();
    let desk = &work.desk;
    let main = desk.remote_ref("main").unwrap();
    let mut bytes = packet(b"# service=git-upload-pack\n");
    bytes.extend(b"0000");
    let line =
        |name: &[u8], after: &str| packet(&[main.as_bytes(), b" ", name, after.as_bytes(), b"\n"].concat());
    bytes.extend(line(b"refs/heads/caf\xe9", &format!("\0{CAPABILITIES}")));
    for name in [
        &b"refs/heads/fine"[..],
        "refs/heads/grün".as_bytes(),
        b"refs/heads/main",
        b"refs/tags/\xff",
    ] {
        bytes.extend(line(name, ""));
    }
    bytes.extend(b"0000");
    desk.host.fault(REPO, Some(Fault::List(bytes)));
    desk.ok(&work.dir, &["fetch"]);
    let refs = desk.git(
        &work.dir,
        &["for-each-ref", "--format=%(refname)", "refs/remotes"],
    );
    let names: Vec<&str> = refs.lines().filter(|name| !name.ends_with("/HEAD")).collect();
    assert_eq!(
        names,
        [
            "refs/remotes/origin/fine",
            "refs/remotes/origin/grün",
            "refs/remotes/origin/main"
        ]
    );
    assert_nothing_left(desk, "a name that is no text");
}

#[test]
fn a_list_without_end_is_refused() {
    let work = Work::new();
    let main = work.desk.remote_ref("main").unwrap();
    let names: Vec<String> = (0..150_000).map(|n| format!("refs/heads/b{n}")).collect();
    let refs: Vec<(&str, &str)> = names.iter().map(|name| (main.as_str(), name.as_str())).collect();
    each_ends(
        &work,
        &Fault::List(list(&refs)),
        &["oversized"],
        "150,000 branches",
    );
    let endless = packet(&b"# service=git-upload-pack\n".repeat(2000)).repeat(1200);
    each_ends(
        &work,
        &Fault::List(endless),
        &[
            "oversized",
            "not-a-git-host",
            "damaged-transfer",
            "connection-broken",
        ],
        "seventy megabytes",
    );
}

/// A list that promises what nobody has.
#[test]
fn a_commit_that_nobody_has_is_told() {
    let work = Work::new();
    let refs = [("1234567890123456789012345678901234567890", "refs/heads/main")];
    let codes = [
        "remote-error",
        "connection-broken",
        "damaged-transfer",
        "http-error",
    ];
    each_ends(&work, &Fault::List(list(&refs)), &codes, "no such commit");
}

/// The head of an object in a pack: its kind, and a size that may be a lie.
fn object(kind: u8, size: u64) -> Vec<u8> {
    let mut first = (kind << 4) | u8::try_from(size & 15).unwrap();
    let mut rest = size >> 4;
    let mut bytes = Vec::new();
    while rest > 0 {
        bytes.push(first | 128);
        first = u8::try_from(rest & 127).unwrap();
        rest >>= 7;
    }
    bytes.push(first);
    bytes
}

/// A pack that says it holds so many objects.
fn pack(count: u32, objects: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"PACK\0\0\0\x02".to_vec();
    bytes.extend(count.to_be_bytes());
    bytes.extend(objects.concat());
    // Its own hash is wrong; what is wrong before it is found first or this is.
    bytes.extend([0; 20]);
    bytes
}

/// Bytes as zlib stores them.
fn stored(bytes: &[u8]) -> Vec<u8> {
    let mut out = vec![0x78, 0x01];
    let length = u16::try_from(bytes.len()).unwrap();
    out.push(1);
    out.extend(length.to_le_bytes());
    out.extend((!length).to_le_bytes());
    out.extend(bytes);
    let (mut a, mut b) = (1_u32, 0_u32);
    for byte in bytes {
        a = (a + u32::from(*byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    out.extend(((b << 16) | a).to_be_bytes());
    out
}

#[test]
fn a_hostile_pack_leaves_nothing() {
    const BLOB: u8 = 3;
    const OFFSET_DELTA: u8 = 6;
    const NAMED_DELTA: u8 = 7;
    let work = Work::new();
    let blob = |size: u64| [object(BLOB, size), stored(b"text\n")].concat();
    let named = |id: [u8; 20]| [object(NAMED_DELTA, 4), id.to_vec(), stored(&[5, 5, 0x90, 5])].concat();
    // A delta that makes a terabyte of five bytes.
    let huge = [&[5][..], &[0x80, 0x80, 0x80, 0x80, 0x80, 0x20], &[0x90, 5]].concat();
    let bomb = [object(OFFSET_DELTA, huge.len() as u64), vec![12], stored(&huge)].concat();
    let codes = [
        "damaged-transfer",
        "connection-broken",
        "oversized",
        "remote-error",
    ];
    for (bytes, what) in [
        (pack(u32::MAX, &[blob(5)]), "four thousand million objects"),
        (pack(1, &[blob(1 << 62)]), "an object of 2^62 bytes"),
        (pack(1, &[blob(6)]), "another size than it says"),
        (pack(1, &[named([7; 20])]), "a delta to what is not there"),
        (
            pack(2, &[named([1; 20]), named([2; 20])]),
            "deltas to one another",
        ),
        (pack(2, &[blob(5), bomb]), "a delta that makes a terabyte"),
        (
            pack(
                2,
                &[
                    blob(5),
                    [object(OFFSET_DELTA, 4), vec![0], stored(&[5, 5, 0x90, 5])].concat(),
                ],
            ),
            "a delta to itself",
        ),
        (pack(1, &[vec![0x50, 0]]), "an object of no kind"),
        (pack(0, &[]), "nothing"),
        (b"PACK\0\0\0\x09\0\0\0\x01".to_vec(), "another version"),
        (vec![0; 100_000], "zeros"),
        (Vec::new(), "no pack at all"),
    ] {
        each_ends(&work, &Fault::Pack(sent(&bytes)), &codes, what);
    }
    each_ends(
        &work,
        &Fault::Pack(b"0008NAK\nffff".to_vec()),
        &codes,
        "a packet without end",
    );
    each_ends(
        &work,
        &Fault::Pack(packet(b"\x03fatal: out of order\n")),
        &codes,
        "an error of the host",
    );
}

/// A proxy that does with each connection what is asked.
fn proxy(serve: impl Fn(TcpStream) + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            serve(stream.unwrap());
        }
    });
    format!("127.0.0.1:{port}")
}

fn answering(answer: &'static [u8]) -> String {
    proxy(move |mut stream| {
        let _ = stream.read(&mut [0; 4096]);
        let _ = stream.write_all(answer);
    })
}

fn through(work: &Work, proxy: &str, more: &[(&str, &str)]) -> Ran {
    let mut command = work.desk.command(&work.dir, &["fetch"]);
    command.env("SHEAF_TOKEN", TOKEN).env("HTTPS_PROXY", proxy);
    command.envs(more.iter().copied());
    ran(command, None)
}

#[test]
fn a_proxy_that_is_none_is_told_and_not_passed_by() {
    let work = Work::new();
    let before = work.witness();
    work.desk.host.clear_requests();
    let html = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 12\r\n\r\n<html>hotel\n";
    let login = b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n";
    let broken = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n";
    for (proxy, codes) in [
        (
            format!("http://ana:hidden-word@{}", answering(login)),
            &["proxy-refused"][..],
        ),
        (format!("http://{}", answering(broken)), &["proxy-refused"]),
        (
            format!("http://{}", answering(html)),
            &["proxy-refused", "tls-failed", "connect-failed"],
        ),
        (
            format!("http://{}", answering(b"\0\0\0\0nonsense")),
            &["proxy-refused", "connect-failed"],
        ),
        (
            "http://127.0.0.1:9".to_owned(),
            &["connect-failed", "proxy-refused"],
        ),
        (
            format!("socks5://ana:hidden-word@{}", answering(b"\x05\xff")),
            &["proxy-refused", "connect-failed"],
        ),
    ] {
        let ran = through(&work, &proxy, &[]);
        assert!(
            codes.contains(&ran.code()),
            "{proxy}: {}{}",
            ran.stdout,
            ran.stderr
        );
        assert_failed(&ran, ran.code(), &proxy);
        assert!(
            !format!("{}{}", ran.stdout, ran.stderr).contains("hidden-word"),
            "{}",
            ran.stdout
        );
    }
    assert!(work.desk.host.requests().is_empty(), "a proxy was passed by");
    before.untouched(&work.desk, "proxies");
}

#[test]
fn a_proxy_is_not_asked_for_hosts_that_need_none() {
    let work = Work::new();
    let nobody = "http://127.0.0.1:9";
    let ran = through(&work, nobody, &[("NO_PROXY", "localhost,127.0.0.1")]);
    assert_eq!(ran.status, 0, "{}", ran.stdout);
    assert_silent(&ran, "no proxy");
}
