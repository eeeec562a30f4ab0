//! What looks like a secret is asked about before it is committed.
#![cfg(target_os = "linux")]

mod support;

use sheaf_demo::{CREATE_SHIPMENT, Person};
use support::{World, close, done};

/// Put together, so that no scanner takes this file for one that holds a token.
const VALUE: &str = concat!("x9Kd72LmQw83", "ZrT0Bn5VcH6j");

#[test]
fn a_value_moves_to_a_private_environment_and_another_is_allowed_once() {
    let world = World::new();
    let window = world.open_clone();
    let ana = Person::at(&window);
    let before = world.git(&["rev-parse", "HEAD"]);
    let path = format!(".insomnia/Request/{CREATE_SHIPMENT}.yml");
    done(ana.opens("Create shipment"));
    done(ana.edits(
        "field-url",
        &format!("{{{{ _.base_url }}}}/shipments?api_key={VALUE}"),
    ));
    done(ana.opens_commit());
    done(window.fill("commit-message", "Send the key"));
    done(window.click("commit-submit"));

    done(window.says("secret-what", "Random value where the name says secret"));
    assert_eq!(done(window.text("secret-masked")), "x9Kd…cH6j");
    done(window.says("secret-resource", "Create shipment"));
    assert_eq!(world.git(&["rev-parse", "HEAD"]), before);
    done(window.click("secret-move"));
    done(window.says("secret-moved", "“Private” as url"));
    done(window.click("secrets-go-on"));
    done(window.gone("commit-dialog"));
    done(window.says("ahead", "1"));
    let committed = world.git(&["show", &format!("HEAD:{path}")]);
    assert!(committed.contains("?api_key={{ _.url }}"), "{committed}");
    assert!(!world.git(&["log", "-p"]).contains(VALUE));

    // git puts a token beside it, which the push stops
    std::fs::write(
        world.project().join("deploy.env"),
        format!("TOKEN={}\n", VALUE.to_lowercase()),
    )
    .unwrap();
    world.git(&["add", "."]);
    world.git(&[
        "-c",
        "user.name=Ana",
        "-c",
        "user.email=ana@parcels.example.com",
        "commit",
        "-qm",
        "Deploy",
    ]);
    done(window.says("ahead", "2"));
    done(ana.clears_messages());
    done(ana.chooses("push"));
    done(window.says("secret-commit", "Deploy"));
    done(window.click("secret-once"));
    done(window.click("secrets-go-on"));
    done(window.gone("ahead"));
    assert_eq!(
        world.git(&["rev-parse", "HEAD"]),
        world.host_git(&["rev-parse", "main"])
    );
    world.is_sound();
    let log = close(window);
    assert!(
        !log.contains(VALUE) && !log.contains(&VALUE.to_lowercase()),
        "{log}"
    );
}
