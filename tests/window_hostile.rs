//! A page that has gone mad, and texts that want to be more than texts: the window stays ours and stays usable.
#![cfg(target_os = "linux")]

mod support;

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};
use sheaf_demo::{Person, Team};
use sheaf_window_driver::{Keychain, Window, WindowOptions};
use support::{APP, World, close, done};

/// Runs when anything of a text is taken for more than a text.
const MARKUP: &str = "<img src=x onerror=\"window.caught=1\"><script>window.caught=1</script><iframe srcdoc=\"<script>parent.caught=1</script>\"></iframe>";
const TURNED: &str = "safe\u{202e}gpj.exe\u{202c}\u{200b}\u{2066}x";

/// Each way out of the page, by name, with whether it led anywhere.
const WAYS_OUT: &str = r#"
const [there, finish] = [arguments[0], arguments[1]];
const led = {};
const attempt = (name, way) => { try { led[name] = way() ? 'yes' : 'no'; } catch { led[name] = 'no'; } };
const later = (name, promise) => promise.then(() => { led[name] = 'yes'; }, () => { led[name] = 'no'; });
const add = (name, fields) => { const e = Object.assign(document.createElement(name), fields); document.body.append(e); return e; };
window.ran = [];
attempt('eval', () => (0, eval)('1') === 1);
attempt('function', () => new Function('return 1')() === 1);
attempt('timer', () => { setTimeout("window.ran.push('timer')"); return false; });
attempt('inline script', () => { add('script', { textContent: "window.ran.push('inline script')" }); return false; });
attempt('handler', () => { const e = add('div', {}); e.setAttribute('onclick', "window.ran.push('handler')"); e.click(); return false; });
attempt('markup', () => { add('div', {}).innerHTML = '<img src="data:," onerror="window.ran.push(1)">'; return false; });
attempt('javascript link', () => { add('a', { href: "javascript:window.ran.push('link')" }).click(); return false; });
attempt('link', () => { add('a', { href: there + '/link' }).click(); return false; });
attempt('new window', () => window.open(there + '/window') !== null);
attempt('blank link', () => { add('a', { href: there + '/blank', target: '_blank' }).click(); return false; });
attempt('form', () => { add('form', { action: there + '/form', method: 'post' }).submit(); return false; });
attempt('refresh', () => { add('meta', { httpEquiv: 'refresh', content: '0;url=' + there + '/refresh' }); return false; });
attempt('location', () => { location.href = there + '/location'; return false; });
attempt('file', () => { location.href = 'file:///etc/passwd'; return false; });
attempt('data', () => { location.href = 'data:text/html,<script>1</script>'; return false; });
attempt('base', () => { const e = add('base', { href: there + '/' }); const there_now = document.baseURI.startsWith(there); e.remove(); return there_now; });
attempt('beacon', () => { navigator.sendBeacon(there + '/beacon', 'x'); return false; });
attempt('style', () => { add('link', { rel: 'stylesheet', href: there + '/style' }); add('style', { textContent: 'body { outline: 9px solid red }' }); return getComputedStyle(document.body).outlineWidth === '9px'; });
attempt('background', () => { add('div', {}).style.background = `url(${there}/background)`; return false; });
for (const [name, tag, key] of [['script', 'script', 'src'], ['image', 'img', 'src'], ['video', 'video', 'src'], ['sound', 'audio', 'src'], ['embed', 'embed', 'src'], ['object', 'object', 'data'], ['frame', 'iframe', 'src']])
  attempt(name, () => { add(tag, { [key]: there + '/' + name }); return false; });
attempt('frame of text', () => { add('iframe', { srcdoc: "<script>parent.ran.push('frame')</script>" }); return false; });
attempt('frame of data', () => { add('iframe', { src: "data:text/html,<script>parent.ran.push('frame')</script>" }); return false; });
attempt('worker', () => { new Worker(URL.createObjectURL(new Blob(['']))).onmessage = null; return false; });
const request = (name, way) => later(name, new Promise((yes, no) => { const x = new XMLHttpRequest(); x.onload = yes; x.onerror = no; x.open('GET', there + way); x.send(); }));
later('fetch', fetch(there + '/fetch', { mode: 'no-cors' }));
try { request('request', '/request'); } catch { led.request = 'no'; }
later('import', import('data:text/javascript,1'));
later('import from there', import(there + '/import'));
later('socket', new Promise((yes, no) => { try { const s = new WebSocket(there.replace('http', 'ws')); s.onopen = yes; s.onerror = no; } catch { no(); } }));
later('events', new Promise((yes, no) => { try { const s = new EventSource(there + '/events'); s.onopen = yes; s.onerror = no; } catch { no(); } }));
setTimeout(() => finish({ led, ran: window.ran, at: location.href }), 1500);
"#;

/// What plugins and the window offer, and what this page may not ask of them.
const CALLS: &[(&str, &str)] = &[
    ("plugin:fs|read_text_file", r#"{"path": "/etc/passwd"}"#),
    (
        "plugin:fs|write_text_file",
        r#"{"path": "/tmp/x", "contents": ""}"#,
    ),
    ("plugin:shell|execute", r#"{"program": "id", "args": []}"#),
    ("plugin:shell|open", r#"{"path": "file:///etc/passwd"}"#),
    ("plugin:process|exit", r#"{"code": 0}"#),
    ("plugin:process|restart", "{}"),
    ("plugin:http|fetch", r#"{"url": "https://example.com"}"#),
    ("plugin:opener|open_url", r#"{"url": "https://example.com"}"#),
    ("plugin:opener|open_path", r#"{"path": "/etc/passwd"}"#),
    (
        "plugin:opener|reveal_item_in_dir",
        r#"{"paths": ["/etc/passwd"]}"#,
    ),
    ("plugin:store|load", r#"{"path": "../../evil.json"}"#),
    ("plugin:store|get_store", r#"{"path": "sheaf.json"}"#),
    ("plugin:store|set", r#"{"rid": 1, "key": "a", "value": 1}"#),
    ("plugin:dialog|open", r#"{"options": {}}"#),
    ("plugin:dialog|save", r#"{"options": {}}"#),
    ("plugin:dialog|message", r#"{"message": "x"}"#),
    ("plugin:window-state|save_window_state", r#"{"flags": 1}"#),
    ("plugin:event|emit", r#"{"event": "git-event", "payload": {}}"#),
    (
        "plugin:event|emit_to",
        r#"{"target": {"kind": "Any"}, "event": "git-event", "payload": {}}"#,
    ),
    (
        "plugin:webview|create_webview_window",
        r#"{"options": {"label": "other", "url": "https://example.com"}}"#,
    ),
    (
        "plugin:webview|create_webview",
        r#"{"windowLabel": "main", "options": {"label": "x", "url": "/"}}"#,
    ),
    ("plugin:webview|set_webview_focus", r#"{"label": "main"}"#),
    ("plugin:webview|clear_all_browsing_data", "{}"),
    ("plugin:webview|internal_toggle_devtools", "{}"),
    ("plugin:window|create", r#"{"options": {"label": "other"}}"#),
    ("plugin:window|close", r#"{"label": "main"}"#),
    ("plugin:window|destroy", r#"{"label": "main"}"#),
    ("plugin:window|hide", r#"{"label": "main"}"#),
    (
        "plugin:window|set_always_on_top",
        r#"{"label": "main", "value": true}"#,
    ),
    (
        "plugin:window|set_fullscreen",
        r#"{"label": "main", "value": true}"#,
    ),
    (
        "plugin:window|set_ignore_cursor_events",
        r#"{"label": "main", "value": true}"#,
    ),
    (
        "plugin:window|set_icon",
        r#"{"label": "main", "value": "/etc/passwd"}"#,
    ),
    ("plugin:window|start_dragging", r#"{"label": "main"}"#),
    ("plugin:window|get_all_windows", "{}"),
    ("plugin:app|app_hide", "{}"),
    ("plugin:app|version", "{}"),
    ("plugin:app|set_app_theme", r#"{"theme": "dark"}"#),
    ("plugin:path|resolve_directory", r#"{"directory": 21}"#),
    ("plugin:image|from_path", r#"{"path": "/etc/passwd"}"#),
    (
        "plugin:menu|new",
        r#"{"kind": "Menu", "options": {}, "handler": "__CHANNEL__:1"}"#,
    ),
    (
        "plugin:tray|new",
        r#"{"options": {}, "handler": "__CHANNEL__:1"}"#,
    ),
    ("plugin:resources|close", r#"{"rid": 1}"#),
    ("plugin:navigation-guard|anything", "{}"),
    ("no_such_command", "{}"),
];

const CALL: &str = r"
const [calls, finish] = [arguments[0], arguments[1]];
Promise.all(calls.map(([name, given]) => window.__TAURI_INTERNALS__.invoke(name, JSON.parse(given))
  .then((answer) => `answered ${JSON.stringify(answer)}`, (error) => `refused: ${typeof error === 'string' ? error : JSON.stringify(error)}`)
  .then((said) => [name, said]))).then(finish);
";

/// Where somebody listens, and the first line of everyone who comes.
fn listener() -> (String, Arc<Mutex<Vec<String>>>) {
    let socket = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = socket.local_addr().expect("its address");
    let heard = Arc::new(Mutex::new(Vec::new()));
    let all = Arc::clone(&heard);
    std::thread::spawn(move || {
        for stream in socket.incoming().flatten() {
            let _ = stream.set_read_timeout(Some(Duration::from_secs(1)));
            let mut line = String::new();
            let _ = BufReader::new(stream).read_line(&mut line);
            all.lock().expect("the list").push(line);
        }
    });
    (format!("http://{address}"), heard)
}

/// Nothing was drawn as markup and nothing of it ran, and the page is as wide as the window.
#[track_caller]
fn is_text_only(window: &Window, what: &str) {
    let script = "return {
        caught: window.caught ?? null,
        drawn: document.querySelectorAll('body img, body iframe, body script:not([src]), body [onerror], body [onload]').length,
        wide: Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - innerWidth,
        high: Math.max(document.documentElement.scrollHeight, document.body.scrollHeight) - innerHeight }";
    let found = done(window.execute(script, &[]));
    assert_eq!(found["caught"], Value::Null, "{what}");
    assert_eq!(found["drawn"], 0, "{what}");
    assert!(
        found["wide"].as_i64() <= Some(0) && found["high"].as_i64() <= Some(0),
        "{what}: {found}"
    );
    if let Some(folder) = std::env::var_os("SHEAF_PICTURES") {
        done(window.picture(&Path::new(&folder).join(format!("{what}.png"))));
    }
}

#[test]
fn nothing_leads_out_of_the_page() {
    let world = World::new();
    let window = world.open();
    done(window.see("dashboard-empty"));
    let (there, heard) = listener();
    let found = done(window.execute_async(WAYS_OUT, &[json!(there)]));
    let led = found["led"].as_object().expect("what was tried");
    assert!(led.len() > 30, "{led:?}");
    for (way, answer) in led {
        assert_eq!(answer, "no", "{way} leads out");
    }
    assert_eq!(found["ran"], json!([]));
    assert!(
        found["at"]
            .as_str()
            .is_some_and(|at| at.starts_with("tauri://localhost")),
        "{found}"
    );
    // WebKit may open a connection before it asks whether it may; nothing is said on it.
    let heard = heard.lock().expect("the list").concat();
    assert_eq!(heard, "", "somebody was asked");
    assert_eq!(done(window.windows()), 1);
    done(window.see("dashboard-empty"));
    // The log is full of refusals here, and they are the point.
    let log = done(window.close());
    assert!(log.contains("CONSOLE SECURITY ERROR"), "{log}");
}

#[test]
fn the_page_may_call_nothing_but_its_own_commands() {
    let world = World::new();
    let window = world.open();
    done(window.see("dashboard-empty"));
    let answers = done(window.execute_async(CALL, &[json!(CALLS)]));
    let answers = answers.as_array().expect("an answer each");
    assert_eq!(answers.len(), CALLS.len());
    for answer in answers {
        let (name, said) = (&answer[0], answer[1].as_str().unwrap_or_default());
        let refused = said.contains("not allowed") || said.contains("not found");
        assert!(said.starts_with("refused") && refused, "{name}: {said}");
    }
    let internals = done(window.execute("return typeof window.__TAURI__", &[]));
    assert_eq!(internals, "undefined");
    assert_eq!(done(window.windows()), 1);
    done(window.see("dashboard-empty"));
    close(window);
}

/// A request whose name, description and more are `text`.
fn request(id: &str, text: &str) -> String {
    let quoted = Value::from(text).to_string();
    format!(
        "_id: {id}\ntype: Request\nparentId: wrk_parcels\nmodified: 1\ncreated: 1\nurl: {quoted}\nname: {quoted}\ndescription: {quoted}\nmethod: {quoted}\nbody:\n  mimeType: application/json\n  text: {quoted}\nparameters:\n  - name: {quoted}\n    value: {quoted}\nheaders:\n  - name: {quoted}\n    value: {quoted}\n    description: {quoted}\nauthentication:\n  type: bearer\n  token: {quoted}\nmetaSortKey: -1\nisPrivate: false\n"
    )
}

#[test]
fn texts_of_a_repository_are_only_text() {
    let world = World::new();
    let window = world.open_clone();
    let project = world.project();
    let parent = world.git(&["grep", "-h", "^parentId: wrk", "--", ".insomnia/Request"]);
    let parent = parent.lines().next().unwrap_or_default();
    let parent = parent.trim_start_matches("parentId: ");
    let huge = "W".repeat(1_000_000);
    let links = format!("[x](javascript:window.caught=1) <file:///etc/passwd> data:text/html,x {MARKUP}");
    let texts = [
        ("markup", MARKUP),
        ("turned", TURNED),
        ("huge", huge.as_str()),
        ("links", links.as_str()),
    ];
    let folder = project.join(".insomnia");
    for (id, text) in texts {
        let request = request(&format!("req_{id}"), text).replace("wrk_parcels", parent);
        std::fs::write(folder.join(format!("Request/req_{id}.yml")), request).expect("a file");
        let quoted = Value::from(text).to_string();
        // A longer name of a value would be no YAML.
        let name = Value::from(text.get(..1000).unwrap_or(text)).to_string();
        let environment = format!(
            "_id: env_{id}\ntype: Environment\nparentId: {parent}\nmodified: 1\ncreated: 1\nname: {quoted}\ndata:\n  {name}: {quoted}\ndataPropertyOrder: null\ncolor: {quoted}\nisPrivate: false\nmetaSortKey: 1\n"
        );
        std::fs::write(folder.join(format!("Environment/env_{id}.yml")), environment).expect("a file");
    }
    std::fs::write(project.join("<svg onload=caught=1>.md"), MARKUP).expect("a file");
    std::fs::write(folder.join("Request/req_broken.yml"), format!("{MARKUP}: [")).expect("a file");
    let window = &window;
    done(window.says("tree", "onerror"));
    is_text_only(window, "tree");
    for (id, _) in texts {
        done(window.click(&format!("tree-item-req_{id}")));
        done(window.see("field-url"));
        is_text_only(window, &format!("request-{id}"));
        done(window.click(&format!("tree-item-env_{id}")));
        done(window.gone("field-url"));
        is_text_only(window, &format!("environment-{id}"));
    }
    let ana = Person::at(window);
    done(ana.opens_commit());
    is_text_only(window, "commit");
    done(window.chord(&['\u{e00c}']));

    world.git(&["add", "-A"]);
    world.git(&[
        "commit",
        "-qm",
        &format!("{MARKUP}\n\n{TURNED}\u{1b}[31m\n{links}"),
    ]);
    for branch in [
        "<img/src=x/onerror=caught=1>",
        "a\u{202e}b\u{200b}",
        &"n".repeat(200),
    ] {
        let _ = world.git(&["branch", branch]);
    }
    world.git(&["tag", "<svg/onload=caught=1>"]);
    done(ana.chooses("history"));
    done(window.says("history-dialog", "onerror"));
    is_text_only(window, "history");
    done(window.chord(&['\u{e00c}']));
    done(ana.chooses("branches"));
    done(window.says("branches-dialog", "onerror"));
    is_text_only(window, "branches");
    assert_eq!(world.git(&["status", "--porcelain"]), "");
}

#[test]
fn words_of_a_server_are_only_words() {
    let world = World::new();
    let window = world.open_clone();
    let hook = world
        .team
        .host()
        .repo_path(Team::REPOSITORY)
        .join("hooks/pre-receive");
    let words = format!(
        "{MARKUP}\n\u{1b}[31mred\u{1b}]0;title\u{7} {TURNED} javascript:window.caught=1 https://evil.test/pull/new/x data:text/html,x\n{}\n",
        "W".repeat(1_000_000)
    );
    let folder = hook.parent().expect("a folder");
    std::fs::create_dir_all(folder).expect("a folder");
    std::fs::write(folder.join("words"), words).expect("a file");
    std::fs::write(&hook, "#!/bin/sh\ncat \"$(dirname \"$0\")/words\" >&2\nexit 1\n").expect("a file");
    std::fs::set_permissions(&hook, std::fs::Permissions::from_mode(0o755)).expect("a mode");
    let ana = Person::at(&window);
    let url = "{{ _.base_url }}/v2/shipments";
    done(ana.commits_edit("Create shipment", "field-url", url, "Book with version 2"));
    done(ana.is_refused());
    let said = done(window.says("rejection-server-text", "onerror"));
    assert!(
        !said.contains(['\u{1b}', '\u{7}', '\u{202e}', '\u{200b}', '\u{2066}']),
        "{said:?}"
    );
    assert!(!said.contains("title") && said.len() < 5_000, "{said:?}");
    let links = done(window.execute(
        "return [...document.querySelectorAll('a[href]')].map((a) => a.href)",
        &[],
    ));
    assert_eq!(links, json!([]));
    is_text_only(&window, "refused");
    close(window);
}

#[test]
fn a_start_with_anything_for_arguments_is_a_start() {
    const ARGUMENTS: [&str; 9] = [
        "sheaf://clone?url=https://evil.test/a.git",
        "javascript:window.caught=1",
        "file:///etc/passwd",
        "/etc/passwd",
        "--inspect=0.0.0.0:9229",
        "--display=:99999",
        "--gtk-module=/tmp/evil.so",
        "--",
        MARKUP,
    ];
    let world = World::with(Keychain::Unlocked);
    let options = WindowOptions::new(Path::new(APP));
    let options = ARGUMENTS
        .iter()
        .fold(options, |options, argument| options.arg(*argument));
    let window = done(world.desktop.open_with(&options));
    done(window.see("dashboard-empty"));
    let second = done(
        world
            .desktop
            .run(Path::new(APP), &ARGUMENTS, Duration::from_secs(30)),
    );
    assert!(second.success(), "{second}");
    assert_eq!(done(window.windows()), 1);
    done(window.see("dashboard-empty"));
    is_text_only(&window, "arguments");
    assert!(!world.desktop.home().join("Sheaf").exists());
    close(window);
}
