//! Contains all integration tests, because one binary links faster than many.

#[cfg(test)]
mod authoring;
#[cfg(test)]
mod card_screen;
#[cfg(test)]
mod card_texts;
#[cfg(test)]
mod cases;
#[cfg(test)]
mod cli;
#[cfg(test)]
mod clipboard;
#[cfg(test)]
mod comparison;
#[cfg(test)]
mod corpus;
#[cfg(test)]
mod dependency_policy;
#[cfg(test)]
mod diagnosis;
#[cfg(test)]
mod dialogue;
#[cfg(test)]
mod docs;
#[cfg(test)]
mod documents;
#[cfg(test)]
mod drills;
#[cfg(test)]
mod embedded_trees;
#[cfg(test)]
#[cfg(unix)]
mod filled_commands;
#[cfg(test)]
mod full_tests;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod input_forms;
#[cfg(test)]
mod journals;
#[cfg(test)]
mod keys_to_command;
#[cfg(test)]
mod line_input;
#[cfg(test)]
mod links;
#[cfg(test)]
mod log_formats;
#[cfg(test)]
mod lookup;
#[cfg(test)]
mod problems;
#[cfg(test)]
mod programs;
#[cfg(test)]
#[cfg(unix)]
mod pty;
#[cfg(test)]
mod read_inputs;
#[cfg(test)]
mod redaction;
#[cfg(test)]
mod same_fact;
#[cfg(test)]
mod schemas;
#[cfg(test)]
mod screens;
#[cfg(test)]
mod search_to_walk;
#[cfg(test)]
mod settings;
#[cfg(test)]
mod shared_files;
#[cfg(test)]
mod show_evidence;
#[cfg(test)]
mod source;
#[cfg(test)]
mod successes;
#[cfg(test)]
mod systems;
#[cfg(test)]
mod tables;
#[cfg(test)]
mod terminal_notices;
#[cfg(test)]
mod times;
#[cfg(test)]
mod training;
#[cfg(test)]
mod usage_ranking;
#[cfg(test)]
mod values;
#[cfg(test)]
mod vendor_facts;
#[cfg(test)]
mod walks;
#[cfg(test)]
mod walls;
#[cfg(test)]
mod writers;
#[cfg(test)]
mod writing_trees;
