//! Proxies of the environment. The environment belongs to a process, so each test runs its half in a process of its
//! own: this program again, with the proxy set and only the ignored test selected.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;

use sheaf_git::clone::clone;
use sheaf_git::credentials::Credentials;
use sheaf_git::event::Journal;
use sheaf_git::network::Network;
use sheaf_git::uri::RemoteUri;

use crate::world::{REPO, TOKEN, World};

/// Clones in another process through a proxy and gives the code of the error, or `ok`.
fn clone_through(world: &World, proxy: &str) -> String {
    let result = world.dir.path().join("result");
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "proxy::other_half"])
        .env("HTTPS_PROXY", proxy)
        .env_remove("NO_PROXY")
        .env_remove("no_proxy")
        .env("TEST_URL", world.host.url(REPO))
        .env("TEST_CA", world.host.ca_file())
        .env("TEST_DIR", world.dir.path())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
    std::fs::read_to_string(result).unwrap()
}

#[test]
#[ignore = "run by the other tests of this file"]
fn other_half() {
    let dir = std::path::PathBuf::from(std::env::var("TEST_DIR").unwrap());
    let uri = RemoteUri::parse(&std::env::var("TEST_URL").unwrap()).unwrap();
    let mut net = Network::new(Journal::start("parcels", "clone", None, None));
    net.credentials = Some((uri.origin().clone(), Credentials::token(TOKEN)));
    net.ca_file = Some(std::env::var("TEST_CA").unwrap().into());
    let said = match clone(&uri, &dir.join("clone"), None, &net) {
        Ok(_) => "ok".to_owned(),
        Err(error) => format!("{}: {error} {error:?}", error.code()),
    };
    std::fs::write(dir.join("result"), said).unwrap();
}

/// Reads up to the end of the head of a request.
fn head(stream: &mut TcpStream) -> String {
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap() == 1 {
        head.push(byte[0]);
    }
    String::from_utf8(head).unwrap()
}

fn listen(serve: impl Fn(TcpStream) + Send + 'static) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            serve(stream.unwrap());
        }
    });
    port
}

fn splice(mut from: TcpStream, mut to: TcpStream) {
    std::thread::spawn(move || {
        let _ = std::io::copy(&mut from, &mut to);
        let _ = to.shutdown(std::net::Shutdown::Write);
    });
}

#[test]
fn a_proxy_is_used_and_sees_no_token() {
    let world = World::new();
    let (sender, heads) = std::sync::mpsc::channel();
    let port = listen(move |mut client| {
        let head = head(&mut client);
        let target = head.split(' ').nth(1).unwrap().to_owned();
        sender.send(head).unwrap();
        let server = TcpStream::connect(target).unwrap();
        client.write_all(b"HTTP/1.1 200 OK\r\n\r\n").unwrap();
        splice(client.try_clone().unwrap(), server.try_clone().unwrap());
        splice(server, client);
    });
    assert_eq!(clone_through(&world, &format!("http://127.0.0.1:{port}")), "ok");
    let seen: Vec<String> = heads.try_iter().collect();
    assert!(
        !seen.is_empty()
            && seen
                .iter()
                .all(|h| h.starts_with("CONNECT localhost:") && !h.contains("uthorization"))
    );
}

#[test]
fn a_proxy_that_wants_a_login_is_named_and_its_password_is_not() {
    let world = World::new();
    let port = listen(|mut client| {
        head(&mut client);
        let _ = client.write_all(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");
    });
    let said = clone_through(&world, &format!("http://ana:hidden-word@127.0.0.1:{port}"));
    assert!(said.starts_with("proxy-refused:"), "{said}");
    assert!(!said.contains("hidden-word"), "{said}");
    assert!(!world.target().exists());
}
