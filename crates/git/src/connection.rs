//! *Test connection*: which step fails, and why.

use crate::error::{GitError, NetworkError};
use crate::event::Phase;
use crate::model::{CheckStep, ConnectionReport, ConnectionStep, StepState};
use crate::network::Network;
use crate::transport::{Advertised, Operation, Service, Stop, info_refs, unborn_head};
use crate::uri::RemoteUri;

/// So much of the list of branches is read; its head says what is needed.
const LIST_HEAD: usize = 64 * 1024;

const STEPS: [CheckStep; 7] = [
    CheckStep::Name,
    CheckStep::Connect,
    CheckStep::Tls,
    CheckStep::Login,
    CheckStep::Repository,
    CheckStep::Read,
    CheckStep::Write,
];

/// Tries a remote step by step. Each step is reported when it is known, and all of them in the end.
///
/// The requests are those of a fetch and a push, made by the same client, so that what works here works there.
pub fn check_connection(
    uri: &RemoteUri,
    net: &Network,
    on_step: &dyn Fn(&ConnectionStep),
) -> ConnectionReport {
    let mut check = Check {
        net,
        on_step,
        report: ConnectionReport {
            steps: Vec::new(),
            empty: false,
            default_branch: None,
        },
    };
    match Operation::new(uri, net) {
        Ok(operation) => check.run(&operation),
        Err(GitError::Network(error)) => check.fail(&Stop::Failed(error), false),
        Err(_) => check.fail(&Stop::Cancelled, false),
    }
    check.skip_rest();
    check.report
}

struct Check<'a> {
    net: &'a Network,
    on_step: &'a dyn Fn(&ConnectionStep),
    report: ConnectionReport,
}

impl Check<'_> {
    fn run(&mut self, operation: &Operation) {
        let list = match info_refs(operation, Service::UploadPack) {
            Ok(mut response) => {
                self.ok_up_to(CheckStep::Repository);
                operation.read_up_to(&mut response, LIST_HEAD)
            }
            Err(stop) => return self.fail(&stop, self.net.credentials.is_some()),
        };
        if let Err(stop) = list.and_then(|bytes| self.read(operation, &bytes)) {
            return self.add(CheckStep::Read, failed(&stop));
        }
        self.ok_up_to(CheckStep::Read);
        match info_refs(operation, Service::ReceivePack) {
            Ok(_) => self.ok_up_to(CheckStep::Write),
            Err(stop) => self.add(CheckStep::Write, failed_to_write(&stop)),
        }
    }

    fn read(&mut self, operation: &Operation, bytes: &[u8]) -> Result<(), Stop> {
        let host = operation.host();
        let list = Advertised::read(bytes).ok_or_else(|| NetworkError::NotAGitHost(host.clone()))?;
        if let Some(text) = list.refusal {
            return Err(NetworkError::Remote {
                host,
                text: self.net.clean(&text),
            }
            .into());
        }
        self.report.empty = list.empty;
        self.report.default_branch = if list.empty {
            unborn_head(operation)
        } else {
            list.default_branch
        };
        Ok(())
    }

    /// The steps before a failed one worked, as far as they were tried.
    fn fail(&mut self, stop: &Stop, login_was_tried: bool) {
        let at = step_of(stop);
        for step in STEPS.into_iter().take_while(|step| *step != at) {
            let untried = match step {
                CheckStep::Login => !login_was_tried || !reached_login(stop),
                _ => matches!(stop, Stop::Cancelled | Stop::Failed(NetworkError::CaFile { .. })),
            };
            self.add(
                step,
                if untried {
                    StepState::Skipped
                } else {
                    StepState::Ok
                },
            );
        }
        self.add(at, failed(stop));
    }

    fn ok_up_to(&mut self, last: CheckStep) {
        for step in STEPS {
            if !self.has(step) {
                self.add(step, StepState::Ok);
            }
            if step == last {
                return;
            }
        }
    }

    fn skip_rest(&mut self) {
        for step in STEPS {
            if !self.has(step) {
                self.add(step, StepState::Skipped);
            }
        }
    }

    fn has(&self, step: CheckStep) -> bool {
        self.report.steps.iter().any(|known| known.step == step)
    }

    fn add(&mut self, step: CheckStep, result: StepState) {
        let step = ConnectionStep { step, result };
        self.net.journal.note(Phase::Progress, &in_words(&step));
        (self.on_step)(&step);
        self.report.steps.push(step);
    }
}

fn step_of(stop: &Stop) -> CheckStep {
    use NetworkError as E;
    match stop {
        Stop::Cancelled | Stop::Failed(E::NameNotFound(_)) => CheckStep::Name,
        Stop::Failed(E::Connect { .. } | E::Proxy(_)) => CheckStep::Connect,
        Stop::Failed(
            E::TlsUntrusted { .. }
            | E::TlsExpired { .. }
            | E::TlsWrongHost { .. }
            | E::Tls { .. }
            | E::CaFile { .. },
        ) => CheckStep::Tls,
        Stop::Failed(E::AuthNeeded(_) | E::AuthFailed(_)) => CheckStep::Login,
        Stop::Failed(_) => CheckStep::Repository,
    }
}

/// Whether an answer of the host itself shows that it looked at the token.
fn reached_login(stop: &Stop) -> bool {
    matches!(
        stop,
        Stop::Failed(NetworkError::Forbidden { .. } | NetworkError::NotFound(_))
    )
}

fn failed(stop: &Stop) -> StepState {
    match stop {
        Stop::Cancelled => StepState::Failed {
            code: "cancelled".to_owned(),
            message: "cancelled".to_owned(),
            advice: String::new(),
        },
        Stop::Failed(error) => StepState::Failed {
            code: error.code().to_owned(),
            message: error.to_string(),
            advice: error.advice(),
        },
    }
}

/// Reading worked, so a refusal here is about writing.
fn failed_to_write(stop: &Stop) -> StepState {
    let Stop::Failed(NetworkError::Forbidden { .. } | NetworkError::NotFound(_)) = stop else {
        return failed(stop);
    };
    StepState::Failed {
        code: "no-write-permission".to_owned(),
        message: "this account may read the repository, but not write to it".to_owned(),
        advice: "Use a token with more rights, or ask a maintainer of the repository for access.".to_owned(),
    }
}

fn in_words(step: &ConnectionStep) -> String {
    let name = match step.step {
        CheckStep::Name => "host name",
        CheckStep::Connect => "connection",
        CheckStep::Tls => "certificate",
        CheckStep::Login => "login",
        CheckStep::Repository => "repository",
        CheckStep::Read => "reading",
        CheckStep::Write => "writing",
    };
    match &step.result {
        StepState::Ok => format!("{name}: works"),
        StepState::Skipped => format!("{name}: not tried"),
        StepState::Failed { message, .. } => format!("{name}: {message}"),
    }
}
