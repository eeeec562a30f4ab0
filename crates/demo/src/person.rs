use sheaf_window_driver::Window;

/// What to connect to.
pub struct Connection;
/// A person at the window.
pub struct Person<'a>(pub &'a Window);
