//! Scales of a tree: likelihood, duration and effect, with words and weights.

use serde::{Deserialize, Serialize};

macro_rules! words {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident $word:literal $value:literal),* $(,)? } $unit:literal) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name { $($(#[$doc])* $variant,)* }

        impl $name {
            /// All values.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// Returns the word in files and on screens.
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word,)* }
            }

            #[doc = $unit]
            pub fn weight(self) -> f64 {
                match self { $($name::$variant => $value,)* }
            }
        }
    };
}

words! {
    /// The frequency of a card or a cause.
    Likelihood {
        /// Most weeks.
        Common "common" 9.0,
        /// Now and then.
        Occasional "occasional" 3.0,
        /// Hardly ever.
        Rare "rare" 1.0,
    }
    "How often it occurs, relative to the others."
}

words! {
    /// The duration of a check or a remedy.
    Takes {
        /// Less than a minute.
        Seconds "seconds" 1.0,
        /// Up to half an hour.
        Minutes "minutes" 3.0,
        /// Needs to be planned.
        ChangeWindow "change-window" 30.0,
    }
    "The cost of it, relative to what takes seconds. Opening a log takes longer than reading a screen, but not by its true factor: at night the walk to the next terminal costs more than the minutes."
}

words! {
    /// The effect of a remedy on the system.
    Effect {
        /// Only looks.
        Observe "observe" 1.0,
        /// Changes something that can be reverted.
        Change "change" 2.0,
        /// Interrupts the service.
        Disruptive "disruptive" 10.0,
    }
    "The risk of it, as a factor on its cost."
}
