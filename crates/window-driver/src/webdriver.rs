use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

use crate::DriverError;
use crate::error::Result;
use crate::http::call;

/// The key under which `WebDriver` hands out an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// Longer than any script of ours, so that the driver's own limit is the one that speaks.
const LIMIT: Duration = Duration::from_secs(60);

/// One element of the page, as long as the page keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element(String);

/// The commands of `WebDriver` that are used here, each as it is.
#[derive(Debug)]
pub(crate) struct Session {
    port: u16,
    id: String,
}

impl Session {
    pub(crate) fn create(port: u16, capabilities: &Value, limit: Duration) -> Result<Self> {
        let body = json!({ "capabilities": { "alwaysMatch": capabilities } });
        let answer = call(port, "POST", "/session", Some(&body), limit)?;
        match answer["sessionId"].as_str() {
            Some(id) => Ok(Self {
                port,
                id: id.to_owned(),
            }),
            None => Err(DriverError::Answer(answer.to_string())),
        }
    }

    /// Closes the window, as its cross does.
    pub(crate) fn close(&self) -> Result<()> {
        call(self.port, "DELETE", &self.path("window"), None, LIMIT).map(drop)
    }

    pub(crate) fn find(&self, css: &str) -> Result<Element> {
        let found = self.post("element", &json!({ "using": "css selector", "value": css }))?;
        element(&found)
    }

    pub(crate) fn find_all(&self, css: &str) -> Result<Vec<Element>> {
        let found = self.post("elements", &json!({ "using": "css selector", "value": css }))?;
        found.as_array().into_iter().flatten().map(element).collect()
    }

    pub(crate) fn click(&self, element: &Element) -> Result<()> {
        self.post(&format!("element/{}/click", element.0), &json!({}))
            .map(drop)
    }

    pub(crate) fn clear(&self, element: &Element) -> Result<()> {
        self.post(&format!("element/{}/clear", element.0), &json!({}))
            .map(drop)
    }

    pub(crate) fn send_keys(&self, element: &Element, text: &str) -> Result<()> {
        self.post(&format!("element/{}/value", element.0), &json!({ "text": text }))
            .map(drop)
    }

    pub(crate) fn text(&self, element: &Element) -> Result<String> {
        // The driver's own command finds no text in what cannot be selected, such as buttons and titles.
        let text = self.execute("return arguments[0].innerText", &[json!({ ELEMENT: element.0 })])?;
        Ok(text.as_str().unwrap_or_default().trim().to_owned())
    }

    pub(crate) fn property(&self, element: &Element, name: &str) -> Result<Value> {
        self.get(&format!("element/{}/property/{name}", element.0))
    }

    pub(crate) fn is_displayed(&self, element: &Element) -> Result<bool> {
        let shown = self.get(&format!("element/{}/displayed", element.0))?;
        Ok(shown == Value::Bool(true))
    }

    pub(crate) fn execute(&self, script: &str, arguments: &[Value]) -> Result<Value> {
        self.post("execute/sync", &json!({ "script": script, "args": arguments }))
    }

    pub(crate) fn execute_async(&self, script: &str, arguments: &[Value]) -> Result<Value> {
        self.post("execute/async", &json!({ "script": script, "args": arguments }))
    }

    /// Presses keys together: all down in order, all up in reverse.
    pub(crate) fn chord(&self, keys: &[char]) -> Result<()> {
        let down = keys.iter().map(|key| json!({ "type": "keyDown", "value": key }));
        let up = keys
            .iter()
            .rev()
            .map(|key| json!({ "type": "keyUp", "value": key }));
        let actions: Vec<Value> = down.chain(up).collect();
        let body = json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": actions }] });
        self.post("actions", &body).map(drop)
    }

    pub(crate) fn screenshot(&self) -> Result<Vec<u8>> {
        let picture = self.get("screenshot")?;
        BASE64_STANDARD
            .decode(picture.as_str().unwrap_or_default())
            .map_err(|error| DriverError::Answer(error.to_string()))
    }

    pub(crate) fn handles(&self) -> Result<usize> {
        Ok(self.get("window/handles")?.as_array().map_or(0, Vec::len))
    }

    fn get(&self, command: &str) -> Result<Value> {
        call(self.port, "GET", &self.path(command), None, LIMIT)
    }

    fn post(&self, command: &str, body: &Value) -> Result<Value> {
        call(self.port, "POST", &self.path(command), Some(body), LIMIT)
    }

    fn path(&self, command: &str) -> String {
        format!("/session/{}/{command}", self.id)
    }
}

fn element(value: &Value) -> Result<Element> {
    match value[ELEMENT].as_str() {
        Some(id) => Ok(Element(id.to_owned())),
        None => Err(DriverError::Answer(value.to_string())),
    }
}
