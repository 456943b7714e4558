//! Exams and their reports.
