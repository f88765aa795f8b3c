//! How a terminal is told that something has become a technician's to do.

/// What is sent to the terminal. Nothing, unless it was asked for: what a terminal makes of each differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Notify {
    /// A notification of the desktop, in the form of iTerm2.
    pub osc9: bool,
    /// The same in the form of urxvt.
    pub osc777: bool,
    pub bell: bool,
}

impl Notify {
    /// Names in the configuration, and what they switch on.
    pub fn switch(&mut self, name: &str) -> Option<&mut bool> {
        match name {
            "osc9" => Some(&mut self.osc9),
            "osc777" => Some(&mut self.osc777),
            "bell" => Some(&mut self.bell),
            _ => None,
        }
    }

    pub fn any(self) -> bool {
        self.osc9 || self.osc777 || self.bell
    }
}
