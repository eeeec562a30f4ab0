//! Choices taken from bytes. When they are used up, every choice is the first one.

pub(crate) struct Feed<'b>(&'b [u8]);

impl<'b> Feed<'b> {
    pub(crate) fn new(bytes: &'b [u8]) -> Self {
        Self(bytes)
    }

    pub(crate) fn is_over(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else {
            return 0;
        };
        self.0 = rest;
        *first
    }

    /// A number below `end`, which is small.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::from(self.byte()) % end.max(1)
    }

    pub(crate) fn word(&mut self) -> u16 {
        u16::from_be_bytes([self.byte(), self.byte()])
    }

    /// At most so many bytes.
    pub(crate) fn bytes(&mut self, most: usize) -> &'b [u8] {
        let (taken, rest) = self.0.split_at(most.min(self.0.len()));
        self.0 = rest;
        taken
    }

    /// Bytes up to the next one that is `end`.
    pub(crate) fn until(&mut self, end: u8) -> &'b [u8] {
        let length = self
            .0
            .iter()
            .position(|byte| *byte == end)
            .unwrap_or(self.0.len());
        let taken = self.bytes(length);
        self.byte();
        taken
    }

    /// A text of as many bytes as the next one says.
    pub(crate) fn text(&mut self) -> String {
        let length = usize::from(self.byte());
        String::from_utf8_lossy(self.bytes(length)).into_owned()
    }

    pub(crate) fn rest(self) -> &'b [u8] {
        self.0
    }
}
