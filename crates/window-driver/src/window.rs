use std::fs::File;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

use crate::error::Result;
use crate::process::Background;
use crate::wait::{PATIENCE, Standing, attempt, until};
use crate::webdriver::Session;
use crate::{DriverError, Element, WindowOptions};

/// Long enough for a cold start beside a busy compiler.
const START: Duration = Duration::from_secs(60);

/// A program's window, and everything the program and its page print.
///
/// Elements are named by their `data-testid`, or by any selector that begins with one of `.#[:*` or that
/// contains a space. Of several that match, the first is meant.
#[derive(Debug)]
pub struct Window {
    session: Session,
    log: PathBuf,
    patience: Duration,
    driver: Background,
}

impl Window {
    pub(crate) fn open(mut driver: Command, options: &WindowOptions, log: PathBuf) -> Result<Self> {
        let output = File::create(&log).map_err(DriverError::io("the window's log could not be made"))?;
        let errors = output
            .try_clone()
            .map_err(DriverError::io("the window's log could not be shared"))?;
        let port = free_port()?;
        driver
            .args([format!("--port={port}"), "--host=127.0.0.1".to_owned()])
            .stdout(Stdio::from(output))
            .stderr(Stdio::from(errors));
        let driver = Background::spawn(&mut driver)?;
        until("the driver's start", PATIENCE, || {
            std::net::TcpStream::connect((Ipv4Addr::LOCALHOST, port)).map_err(|error| error.to_string())
        })?;
        let program = std::path::absolute(&options.program).map_err(DriverError::io("no such program"))?;
        let capabilities =
            json!({ "webkitgtk:browserOptions": { "binary": program, "args": options.arguments } });
        // The driver waits for ever for a program that ended at once: hence the limit.
        let session = Session::create(port, &capabilities, START).map_err(|error| DriverError::TimedOut {
            what: format!("the window of {}", program.display()),
            seconds: START.as_secs(),
            last: format!("{error}; it printed:\n{}", read(&log)),
        })?;
        Ok(Self {
            session,
            log,
            patience: PATIENCE,
            driver,
        })
    }

    /// Waits until an element shows.
    pub fn see(&self, name: &str) -> Result<Element> {
        self.wait(&format!("{name} on the page"), || {
            let element = self.session.find(&css(name))?;
            if self.session.is_displayed(&element)? {
                Ok(element)
            } else {
                Err(Standing::NotYet(format!("{name} is there, but hidden")))
            }
        })
    }

    /// Waits until an element is gone or hidden.
    pub fn gone(&self, name: &str) -> Result<()> {
        self.wait(&format!("the end of {name}"), || {
            for element in self.session.find_all(&css(name))? {
                if self.session.is_displayed(&element)? {
                    return Err(Standing::NotYet(format!(
                        "it says {:?}",
                        self.session.text(&element)?
                    )));
                }
            }
            Ok(())
        })
    }

    /// Clicks an element once it can be clicked.
    pub fn click(&self, name: &str) -> Result<()> {
        self.wait(&format!("a click on {name}"), || {
            let element = self.session.find(&css(name))?;
            if self.session.property(&element, "disabled")? == Value::Bool(true) {
                return Err(Standing::NotYet(format!("{name} is disabled")));
            }
            Ok(self.session.click(&element)?)
        })
    }

    /// Clicks an element if it is there now, and says whether it was.
    pub fn click_if_there(&self, name: &str) -> Result<bool> {
        let Some(element) = self.session.find_all(&css(name))?.into_iter().next() else {
            return Ok(false);
        };
        match self.session.click(&element) {
            Err(error) if !error.may_pass() => Err(error),
            clicked => Ok(clicked.is_ok()),
        }
    }

    /// Clicks the first of the elements whose text contains something.
    pub fn click_text(&self, name: &str, text: &str) -> Result<()> {
        self.wait(&format!("a click on {name} with {text:?}"), || {
            for element in self.session.find_all(&css(name))? {
                if self.session.text(&element)?.contains(text) {
                    return Ok(self.session.click(&element)?);
                }
            }
            Err(Standing::NotYet("there is none".to_owned()))
        })
    }

    /// Types into a field in place of what it held.
    pub fn fill(&self, name: &str, text: &str) -> Result<()> {
        self.wait(&format!("typing into {name}"), || {
            let element = self.session.find(&css(name))?;
            self.session.clear(&element)?;
            self.session.send_keys(&element, text)?;
            let value = self.session.property(&element, "value")?;
            if value == text {
                Ok(())
            } else {
                Err(Standing::NotYet(format!("it holds {value}")))
            }
        })
    }

    /// Sends keys to an element as they are, without clearing it.
    pub fn keys(&self, name: &str, keys: &str) -> Result<()> {
        self.wait(&format!("keys for {name}"), || {
            let element = self.session.find(&css(name))?;
            Ok(self.session.send_keys(&element, keys)?)
        })
    }

    /// Presses keys together, such as Control and K.
    pub fn chord(&self, keys: &[char]) -> Result<()> {
        self.session.chord(keys)
    }

    /// The text of an element, once it shows.
    pub fn text(&self, name: &str) -> Result<String> {
        self.wait(&format!("the text of {name}"), || {
            let element = self.session.find(&css(name))?;
            Ok(self.session.text(&element)?)
        })
    }

    /// The texts of all elements with a name, as they are now.
    pub fn texts(&self, name: &str) -> Result<Vec<String>> {
        self.wait(&format!("the texts of {name}"), || {
            let mut texts = Vec::new();
            for element in self.session.find_all(&css(name))? {
                texts.push(self.session.text(&element)?);
            }
            Ok(texts)
        })
    }

    /// What a field holds.
    pub fn value(&self, name: &str) -> Result<String> {
        self.wait(&format!("the value of {name}"), || {
            let element = self.session.find(&css(name))?;
            let value = self.session.property(&element, "value")?;
            Ok(value.as_str().unwrap_or_default().to_owned())
        })
    }

    /// Waits until a field holds a text.
    pub fn wait_value(&self, name: &str, text: &str) -> Result<()> {
        self.wait(&format!("{text:?} in {name}"), || {
            let element = self.session.find(&css(name))?;
            let value = self.session.property(&element, "value")?;
            if value == text {
                Ok(())
            } else {
                Err(Standing::NotYet(format!("it holds {value}")))
            }
        })
    }

    /// Waits until one of the elements with a name contains a text, and gives back the whole of it.
    pub fn says(&self, name: &str, text: &str) -> Result<String> {
        self.wait(&format!("{text:?} in {name}"), || {
            let mut seen = Vec::new();
            for element in self.session.find_all(&css(name))? {
                let said = self.session.text(&element)?;
                if said.contains(text) {
                    return Ok(said);
                }
                seen.push(said);
            }
            Err(Standing::NotYet(format!("it says {seen:?}")))
        })
    }

    /// Whether an element is on the page now.
    pub fn has(&self, name: &str) -> Result<bool> {
        Ok(!self.session.find_all(&css(name))?.is_empty())
    }

    /// Runs a script in the page, with `arguments` as in `WebDriver`.
    pub fn execute(&self, script: &str, arguments: &[Value]) -> Result<Value> {
        self.session.execute(script, arguments)
    }

    /// Runs a script that ends by calling its last argument.
    pub fn execute_async(&self, script: &str, arguments: &[Value]) -> Result<Value> {
        self.session.execute_async(script, arguments)
    }

    /// How many windows the program has.
    pub fn windows(&self) -> Result<usize> {
        self.session.handles()
    }

    /// Writes a picture of the page as it is now.
    ///
    /// The driver hands out the last frame that was painted, so two more are waited for: the first shows what
    /// the page last did, the second says that the first is on the screen.
    pub fn picture(&self, file: &Path) -> Result<()> {
        self.session.execute_async(
            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))",
            &[],
        )?;
        let picture = self.session.screenshot()?;
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder).map_err(DriverError::io("no folder for the picture"))?;
        }
        std::fs::write(file, picture).map_err(DriverError::io("the picture could not be written"))
    }

    /// What the program and its page have printed so far.
    pub fn log(&self) -> String {
        read(&self.log)
    }

    /// Waits until a line of the log contains a text, and gives back that line.
    pub fn logged(&self, text: &str) -> Result<String> {
        until(&format!("{text:?} in the log"), self.patience, || {
            let log = self.log();
            log.lines()
                .find(|line| line.contains(text))
                .map(ToOwned::to_owned)
                .ok_or_else(|| format!("the log ends with:\n{}", tail(&log)))
        })
    }

    /// Closes the window, waits for the program to end, and gives back what it and its page printed.
    pub fn close(self) -> Result<String> {
        self.session.close()?;
        until("the end of the program", self.patience, || {
            match self.driver.children().as_slice() {
                [] => Ok(()),
                running => Err(format!("{running:?} still run")),
            }
        })?;
        Ok(read(&self.log))
    }

    fn wait<T>(&self, what: &str, ask: impl FnMut() -> std::result::Result<T, Standing>) -> Result<T> {
        attempt(what, self.patience, ask).map_err(|error| match error {
            DriverError::TimedOut { what, seconds, last } => DriverError::TimedOut {
                what,
                seconds,
                last: format!(
                    "{last}; the page says:\n{}\nthe log ends with:\n{}",
                    self.page(),
                    tail(&self.log())
                ),
            },
            other => other,
        })
    }

    /// The page as text, for messages.
    fn page(&self) -> String {
        self.session
            .execute("return document.body.innerText", &[])
            .ok()
            .and_then(|text| text.as_str().map(ToOwned::to_owned))
            .unwrap_or_default()
    }
}

/// A bare name is a test id; everything else is a selector already.
fn css(name: &str) -> String {
    let selector = name.starts_with(['.', '#', '[', ':', '*']) || name.contains(' ');
    if selector {
        name.to_owned()
    } else {
        format!("[data-testid=\"{name}\"]")
    }
}

fn free_port() -> Result<u16> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|socket| socket.local_addr())
        .map(|address| address.port())
        .map_err(DriverError::io("no free port"))
}

fn read(log: &Path) -> String {
    std::fs::read(log)
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .unwrap_or_default()
}

fn tail(log: &str) -> String {
    let lines: Vec<&str> = log.lines().collect();
    lines[lines.len().saturating_sub(15)..].join("\n")
}
