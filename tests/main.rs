//! All integration tests, in one binary: one to link.

#[cfg(test)]
mod cli;
#[cfg(test)]
#[cfg(unix)]
mod commands;
#[cfg(test)]
mod copies;
#[cfg(test)]
mod diagnosing;
#[cfg(test)]
mod diagnosis;
#[cfg(test)]
mod docs;
#[cfg(test)]
mod documents;
#[cfg(test)]
mod drills;
#[cfg(test)]
mod effort;
#[cfg(test)]
mod entering;
#[cfg(test)]
mod facts;
#[cfg(test)]
mod forms;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod intake;
#[cfg(test)]
mod journals;
#[cfg(test)]
mod lookup;
#[cfg(test)]
mod notices;
#[cfg(test)]
mod policy;
#[cfg(test)]
mod problems;
#[cfg(test)]
mod programs;
#[cfg(test)]
mod proof;
#[cfg(test)]
#[cfg(unix)]
mod pty;
#[cfg(test)]
mod schemas;
#[cfg(test)]
mod screens;
#[cfg(test)]
mod source;
#[cfg(test)]
mod training;
#[cfg(test)]
mod typed;
#[cfg(test)]
mod usage;
#[cfg(test)]
mod walks;
#[cfg(test)]
mod walls;
