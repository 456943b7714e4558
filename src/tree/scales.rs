//! The scales of a tree: likelihood, duration and effect, each value with its word and its weight.

macro_rules! words {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident $word:literal $value:literal),* $(,)? } $unit:literal) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name { $($(#[$doc])* $variant,)* }

        impl $name {
            /// Every value.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// The word that is written in files and shown to people.
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
    /// How often a card or a cause is met.
    Likelihood {
        /// Most weeks.
        Common "common" 9.0,
        /// Now and then.
        Occasional "occasional" 3.0,
        /// Hardly ever.
        Rare "rare" 1.0,
    }
    "How often it is met, relative to the others."
}

words! {
    /// How long something takes.
    Takes {
        /// Less than a minute.
        Seconds "seconds" 1.0,
        /// Up to half an hour.
        Minutes "minutes" 3.0,
        /// It has to be planned.
        ChangeWindow "change-window" 30.0,
    }
    "The cost of it, relative to what takes seconds. Opening a log takes longer than reading a screen, but not by its true factor: at night the walk to the next terminal costs more than the minutes."
}

words! {
    /// What a remedy does to the system.
    Effect {
        /// It only looks.
        Observe "observe" 1.0,
        /// It changes something that can be taken back.
        Change "change" 2.0,
        /// It interrupts the service.
        Disruptive "disruptive" 10.0,
    }
    "The risk of it, as a factor on its cost."
}
