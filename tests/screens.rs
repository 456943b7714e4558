//! Tests every screen: snapshots at 80x24, properties at other sizes, random keys.
//!
//! `play` takes keys as a string and returns the screen.

use std::path::Path;
use std::sync::{Arc, LazyLock};

use insta::assert_snapshot;
use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use wherefore::internals::app::keys::{Key, KeyContext};
use wherefore::internals::app::screen::Screen;
use wherefore::internals::app::theme::{Theme, ThemeKind};
use wherefore::internals::app::{Effect, Model, Msg, update, view};
use wherefore::internals::recognize::Recognizer;
use wherefore::internals::store::Library;
use wherefore::internals::tree::Tree;
use wherefore::internals::walk::{Event, EvidenceSource, Given, Walk};

use crate::embedded_trees::load_balancer;

pub(crate) const SMALL: (u16, u16) = (40, 12);
pub(crate) const USUAL: (u16, u16) = (80, 24);
pub(crate) const LARGE: (u16, u16) = (200, 60);

/// Words of a play that are not typed letter by letter.
const NAMED: &[(&str, Key)] = &[
    ("enter", Key::Enter),
    ("esc", Key::Esc),
    ("up", Key::Up),
    ("down", Key::Down),
    ("left", Key::Left),
    ("right", Key::Right),
    ("home", Key::Home),
    ("end", Key::End),
    ("pgup", Key::PageUp),
    ("pgdn", Key::PageDown),
    ("back", Key::Backspace),
    ("del", Key::Delete),
    ("tab", Key::Tab),
    ("space", Key::Char(' ')),
    ("^u", Key::Ctrl('u')),
    ("^w", Key::Ctrl('w')),
    ("^c", Key::Ctrl('c')),
    ("^z", Key::Ctrl('z')),
];

/// Returns the small tree of `tests/fixtures/house`.
///
/// Snapshots show this tree, so that editing a card of an embedded tree does not change them.
pub(crate) fn house() -> Vec<Arc<Tree>> {
    static HOUSE: LazyLock<Arc<Tree>> = LazyLock::new(|| {
        let mut library = Library::default();
        library.add_directory(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/house"), true);
        assert_eq!(library.problems, []);
        library.trees.remove(0)
    });
    vec![Arc::clone(&HOUSE)]
}

/// Starts the program with the small tree.
pub(crate) fn start(size: (u16, u16), theme: Theme) -> Model {
    start_with(house(), size, theme)
}

/// Starts the program with the embedded trees.
fn start_embedded(size: (u16, u16)) -> Model {
    start_with(vec![load_balancer()], size, Theme::default())
}

fn start_with(trees: Vec<Arc<Tree>>, size: (u16, u16), theme: Theme) -> Model {
    let mut model = Model::new(trees, theme, None);
    update(&mut model, Msg::Resize(size.0, size.1));
    model
}

/// Types the words and returns the effects.
///
/// A word is a named key, `paste:text` with `_` for spaces, or letters that are typed one by one.
pub(crate) fn type_keys(model: &mut Model, keys: &str) -> Vec<Effect> {
    let mut effects = Vec::new();
    for word in keys.split_whitespace() {
        if let Some(text) = word.strip_prefix("paste:") {
            effects.extend(update(model, Msg::Paste(text.replace('_', " "))));
        } else if let Some((_, key)) = NAMED.iter().find(|(name, _)| *name == word) {
            effects.extend(update(model, Msg::Key(*key)));
        } else {
            for letter in word.chars() {
                effects.extend(update(model, Msg::Key(Key::Char(letter))));
            }
        }
    }
    effects
}

pub(crate) fn draw(model: &Model, size: (u16, u16)) -> Terminal<TestBackend> {
    let mut terminal = Terminal::new(TestBackend::new(size.0, size.1)).unwrap();
    terminal.draw(|frame| view(model, frame)).unwrap();
    terminal
}

/// Checks a screen: at 80x24 it is a snapshot, at other sizes nothing of it is lost.
macro_rules! assert_picture {
    ($name:expr, $model:expr, $size:expr) => {{
        let (name, model, size): (&str, &wherefore::internals::app::Model, (u16, u16)) = ($name, $model, $size);
        if size == crate::screens::USUAL {
            insta::assert_snapshot!(format!("{name}-80x24"), crate::screens::draw(model, size).backend().to_string());
        } else {
            crate::screens::assert_fits(name, model, size);
        }
    }};
}
pub(crate) use assert_picture;

/// The rows of a screen.
fn rows(model: &Model, size: (u16, u16)) -> Vec<String> {
    let rows = draw(model, size).backend().to_string();
    rows.lines().map(|row| row.trim_matches('"').to_owned()).collect()
}

/// Returns the whole words between the rulers of a screen, by row.
fn words(rows: &[String]) -> Vec<Vec<&str>> {
    let body = rows.iter().skip(1).filter(|row| !row.trim_start().starts_with('─'));
    // A long word is broken anywhere.
    let is_whole = |word: &&str| !word.contains('…') && !word.contains("...") && word.chars().count() < 30;
    let uncut = body.map(|row| row.split_whitespace().filter(is_whole).collect());
    uncut.take(rows.len().saturating_sub(3)).collect()
}

/// Checks that another size shows what 80x24 shows.
///
/// A larger one shows all its words. A smaller one shows no others, and the selection, or that there is more below.
pub(crate) fn assert_fits(name: &str, model: &Model, size: (u16, u16)) {
    let (here, usual) = (rows(model, size), rows(model, USUAL));
    let is_selected = |row: &String| row.trim_start().starts_with('▌');
    let shown = here.join("\n");
    let has_selection = here.iter().any(is_selected) || shown.contains('↓');
    assert!(has_selection || !usual.iter().any(is_selected), "{name}: the selection\n{shown}");
    let heading: String = usual[0].trim_start().chars().take(3).collect();
    assert!(here[0].trim_start().starts_with(&heading), "{name}: the heading\n{shown}");
    assert!(!here[here.len() - 1].trim().is_empty(), "{name}: the keys\n{shown}");
    let is_larger = size.0 >= USUAL.0;
    let (few, all) = if is_larger { (&usual, &here) } else { (&here, &rows(model, LARGE)) };
    let all: String = all.concat().split_whitespace().collect();
    for row in words(few) {
        // Words at the ends of a row may be parts of longer ones.
        let inner = if is_larger { &row[..] } else { row.get(1..row.len().max(2) - 1).unwrap_or_default() };
        for word in inner {
            assert!(all.contains(word), "{name}: {word:?} of {row:?}\n{shown}");
        }
    }
}

/// The screen after the keys.
fn play_with(theme: Theme, size: (u16, u16), keys: &str) -> String {
    let mut model = start(size, theme);
    type_keys(&mut model, keys);
    draw(&model, size).backend().to_string()
}

fn play(size: (u16, u16), keys: &str) -> String {
    play_with(Theme::default(), size, keys)
}

/// Checks the screen after the keys at three sizes.
fn pictures(name: &str, keys: &str) {
    for size in [USUAL, SMALL, LARGE] {
        let mut model = start(size, Theme::default());
        type_keys(&mut model, keys);
        assert_picture!(name, &model, size);
    }
}

#[test]
fn home() {
    pictures("home", "");
}

#[test]
fn question() {
    pictures("question", "enter 1");
}

#[test]
fn card() {
    pictures("card", "enter 1 1 1");
    assert_snapshot!("card-scrolled-80x24", play(USUAL, "enter 1 1 1 pgdn pgdn"));
    assert_snapshot!("card-next-remedy-80x24", play(USUAL, "enter 1 1 1 x"));
}

#[test]
fn a_card_of_an_embedded_tree() {
    let mut model = start_embedded(USUAL);
    type_keys(&mut model, "enter 1 1");
    assert_picture!("card-embedded", &model, USUAL);
}

#[test]
fn escalation() {
    assert_snapshot!("escalation-80x24", play(USUAL, "enter 1 n"));
}

#[test]
fn shortlist() {
    let all_unknown = "enter u u u u u u";
    pictures("shortlist", all_unknown);
}

#[test]
fn trail() {
    pictures("trail", "enter 1 1 t");
}

#[test]
fn search() {
    pictures("search", "/ fuse");
    assert_snapshot!("search-nothing-80x24", play(USUAL, "/ zzzzzz"));
    assert_snapshot!("search-pasted-80x24", play(USUAL, "paste:bulb_7_has_no_resistance"));
}

#[test]
fn help() {
    pictures("help", "enter ?");
}

#[test]
fn answered_out_of_turn() {
    assert_snapshot!("answered-out-of-turn-80x24", play(USUAL, "enter 2 t down down enter 1"));
}

#[test]
fn conflict() {
    // The operator saw a dark street; the evidence is a blown fuse.
    let trees = house();
    let tree = &trees[0];
    let mut walk = Walk::new(Arc::clone(tree));
    let noticed = tree.find_question("noticed").unwrap();
    walk.answer(noticed, Given::Option(tree.find_option(noticed, "street").unwrap()));
    let line = r#"{"lamp":"hall-1","fuse":"blown","amperes":17}"#;
    walk.push(Event::EvidenceAdded(
        Recognizer::new(Arc::clone(tree)).evidence(&EvidenceSource::file("lamps.log"), line),
    ));
    for size in [USUAL, SMALL, LARGE] {
        let mut model = Model::new(trees.clone(), Theme::default(), None).with_walk(walk.clone());
        update(&mut model, Msg::Resize(size.0, size.1));
        assert_eq!(model.context(), KeyContext::Conflict);
        assert_picture!("conflict", &model, size);
        type_keys(&mut model, "1");
        assert_eq!(model.context(), KeyContext::Card, "the answer is dropped, the evidence stands");
    }
}

#[test]
fn ascii_alone() {
    let theme = Theme { unicode: false, color: false, ..Theme::default() };
    for keys in ["", "enter 1", "enter 1 1 1", "enter 1 1 t", "/ fuse", "?"] {
        let screen = play_with(theme, USUAL, keys);
        assert!(screen.is_ascii(), "{keys}: {screen}");
    }
    assert_snapshot!("question-ascii-80x24", play_with(theme, USUAL, "enter 1"));
}

#[test]
fn without_color_the_selection_is_still_seen() {
    let theme = Theme { unicode: true, color: false, ..Theme::default() };
    let mut model = start(USUAL, theme);
    type_keys(&mut model, "enter down");
    let terminal = draw(&model, USUAL);
    let buffer = terminal.backend().buffer();
    assert!(buffer.content().iter().all(|cell| cell.fg == ratatui::style::Color::Reset));
    let bold = |cell: &&ratatui::buffer::Cell| cell.modifier.contains(ratatui::style::Modifier::BOLD);
    let line = buffer.content().chunks(80).find(|line| line.iter().any(|cell| cell.symbol() == "▌")).unwrap();
    assert!(line.iter().filter(bold).count() > 8, "the selected line is bold");
    let theme = Theme { kind: ThemeKind::HighContrast, ..theme };
    let mut model = start(USUAL, theme);
    type_keys(&mut model, "enter down");
    let contrast = draw(&model, USUAL);
    let reversed = contrast.backend().buffer().content().iter();
    let reversed = reversed.filter(|cell| cell.modifier.contains(ratatui::style::Modifier::REVERSED));
    assert!(reversed.count() > 70, "one whole line");
    assert!(terminal.backend().to_string().contains("▌ 2"));
}

#[test]
fn wide_letters_are_searched_and_drawn() {
    let screen = play(USUAL, "paste:バックエンド_502_応答なし");
    assert!(screen.contains('バ'), "{screen}");
}

#[test]
fn too_small_is_said() {
    assert!(play((19, 5), "enter").contains("needs 20x6"));
    // A serial console has no size: nothing can be seen, and nothing breaks.
    draw(&start((0, 0), Theme::default()), (0, 0));
}

#[test]
fn esc_closes_one_thing_at_a_time_and_quits_only_if_pressed_twice_at_home() {
    let mut model = start(USUAL, Theme::default());
    assert_eq!(type_keys(&mut model, "enter 1 1 / abc ? esc esc"), []);
    while model.context() != KeyContext::Home {
        assert_eq!(type_keys(&mut model, "esc"), []);
    }
    assert_eq!(type_keys(&mut model, "esc down esc"), []);
    assert!(draw(&model, USUAL).backend().to_string().contains("Esc again quits."));
    assert_eq!(type_keys(&mut model, "esc"), [Effect::Quit]);
}

#[test]
fn every_letter_at_home_begins_a_search_and_a_letter_without_a_meaning_says_so() {
    for letter in ["q", "j", "N", "5"] {
        let mut model = start(USUAL, Theme::default());
        assert_eq!(type_keys(&mut model, letter), []);
        assert_eq!(model.context(), KeyContext::Search, "{letter}");
    }
    let mut model = start(USUAL, Theme::default());
    type_keys(&mut model, "enter p");
    let picture = draw(&model, USUAL).backend().to_string();
    assert!(picture.contains("p does nothing here. / searches, ? lists the keys."), "{picture}");
}

#[test]
fn after_a_pause_further_keys_are_shown_and_hide_nothing() {
    let mut model = start(USUAL, Theme::default());
    type_keys(&mut model, "enter 1");
    let rows = |model: &Model| -> Vec<String> {
        draw(model, USUAL).backend().to_string().lines().map(str::to_owned).collect()
    };
    let before = rows(&model);
    assert_eq!(update(&mut model, Msg::Pause), None);
    let after = rows(&model);
    let changed: Vec<usize> = (0..before.len()).filter(|row| before[*row] != after[*row]).collect();
    assert_eq!(changed, [22], "only the rule above the footer changes");
    assert!(after[22].contains("e evidence") && before[22].contains("────────"), "{:?}", after[22]);
    type_keys(&mut model, "e h");
    assert_eq!(rows(&model), before);
}

#[test]
fn an_enter_that_follows_a_digit_by_habit_answers_nothing() {
    let answers = |model: &Model| model.shared.session.walk.as_ref().unwrap().known().answers.len();
    let play = |milliseconds: u64, between: &str| {
        let mut model = start(USUAL, Theme::default());
        type_keys(&mut model, "enter");
        update(&mut model, Msg::Clock(5_000));
        type_keys(&mut model, "1");
        update(&mut model, Msg::Clock(5_000 + milliseconds));
        type_keys(&mut model, between);
        type_keys(&mut model, "enter");
        model
    };
    let mut model = play(200, "");
    assert_eq!(answers(&model), 1);
    assert!(draw(&model, USUAL).backend().to_string().contains("The digit was your answer."));
    type_keys(&mut model, "enter");
    assert_eq!(answers(&model), 2, "the next one counts");
    assert_eq!(answers(&play(2_000, "")), 2, "the question was read");
    assert_eq!(answers(&play(200, "down")), 2, "the selection was moved");
}

#[test]
fn the_help_filters_keys_and_runs_the_selected_one() {
    let mut model = start(USUAL, Theme::default());
    type_keys(&mut model, "enter 1 ? change space every");
    assert_eq!(model.context(), KeyContext::Help);
    let shown = rows(&model, USUAL);
    assert!(shown.iter().any(|row| row.contains("▌ t ")), "{shown:#?}");
    type_keys(&mut model, "enter");
    assert_eq!(model.context(), KeyContext::Trail);
    type_keys(&mut model, "esc ? zzz esc");
    assert_eq!(model.context(), KeyContext::Help, "the first Esc clears");
    type_keys(&mut model, "esc");
    assert_eq!(model.context(), KeyContext::Question);
    // A digit needs an entry, so it is not run from here.
    type_keys(&mut model, "? enter");
    assert_eq!(model.context(), KeyContext::Help);
}

#[test]
fn the_card_beside_a_search_scrolls_and_the_place_in_the_list_is_shown() {
    let mut model = start_embedded(USUAL);
    type_keys(&mut model, "/ no_healthy");
    let before = rows(&model, USUAL);
    assert!(before[0].contains("1 of "), "{}", before[0]);
    type_keys(&mut model, "pgdn");
    let scrolled = rows(&model, USUAL);
    assert_eq!(before[3..8], scrolled[3..8], "the list stays");
    assert_ne!(before[15..22], scrolled[15..22]);
    type_keys(&mut model, "down");
    assert!(rows(&model, USUAL)[0].contains("2 of "));
    type_keys(&mut model, "pgup up");
    assert_eq!(rows(&model, USUAL), before);
}

#[test]
fn text_is_never_wider_than_its_measure() {
    for keys in ["", "enter", "enter 1", "enter 1 1 1", "enter u u u u u u", "enter 1 1 t", "enter c", "enter ?"] {
        let mut model = start_embedded(LARGE);
        type_keys(&mut model, keys);
        for row in rows(&model, LARGE).iter().skip(2).take(56) {
            // Columns are apart by several spaces.
            for text in row.split("   ") {
                assert!(text.chars().count() <= 86, "{keys}: {text}");
            }
        }
    }
}

#[test]
fn effects_come_out_as_values() {
    let mut model = start(USUAL, Theme::default());
    let effects = type_keys(&mut model, "enter 1 1 1 Y y ^z q ^c");
    let [opened, Effect::Copy(card), Effect::Copy(command), Effect::Suspend, Effect::Quit, Effect::Interrupt] =
        effects.as_slice()
    else {
        panic!("{effects:?}")
    };
    assert_eq!(*opened, Effect::Opened { tree: "house".into(), card: "bulb-burnt-out".into() });
    assert!(card.starts_with("# The bulb is burnt out\n"), "{card}");
    assert!(card.contains(command.as_str()) && command.starts_with("grep "), "{command}");
}

#[test]
fn a_paste_is_one_event_and_goes_to_the_search() {
    let mut model = start(USUAL, Theme::default());
    assert_eq!(type_keys(&mut model, "enter 1 paste:q_quit_^c"), []);
    assert_eq!(model.context(), KeyContext::Search);
    assert!(draw(&model, USUAL).backend().to_string().contains("q quit ^c"));
}

#[test]
fn typing_at_home_begins_a_search() {
    let mut model = start(USUAL, Theme::default());
    type_keys(&mut model, "melted");
    assert_eq!(model.context(), KeyContext::Search);
    assert!(draw(&model, USUAL).backend().to_string().contains("The fuse has blown"));
}

#[test]
fn the_farewell_is_the_card_or_the_way_back() {
    let mut model = start(USUAL, Theme::default());
    assert_eq!(model.farewell(), None);
    type_keys(&mut model, "enter 1");
    assert_eq!(model.farewell().unwrap(), "To continue from here:\n  wherefore walk house --answer noticed=dark\n");
    type_keys(&mut model, "1 1");
    assert_snapshot!("farewell", model.farewell().unwrap());
}

#[test]
fn an_earlier_answer_can_be_changed_and_the_rest_stays() {
    let mut model = start(USUAL, Theme::default());
    type_keys(&mut model, "enter 1 1 t enter 3");
    let walk = model.shared.session.walk.as_ref().unwrap();
    let answers: Vec<_> =
        walk.known().answers.keys().map(|question| walk.tree().question(*question).id.clone()).collect();
    assert_eq!(answers, ["noticed", "others"]);
    assert_eq!(model.context(), KeyContext::Question);
}

#[test]
fn every_card_is_reached_through_the_screens() {
    let tree = &load_balancer();
    for path in tree.paths.iter() {
        let mut model = start_embedded(USUAL);
        type_keys(&mut model, "enter");
        while model.context() == KeyContext::Question {
            let walk = model.shared.session.walk.as_ref().unwrap();
            let wherefore::internals::walk::Step::Ask(question) = walk.position().step else { panic!() };
            let option = path.answer(question).expect("a question off the path was asked");
            type_keys(&mut model, &(usize::from(option) + 1).to_string());
        }
        let title = &tree.card(path.cards[0]).title;
        // A status is a badge before the rest.
        let words = title.split_once(": ").map_or(title.as_str(), |(_, rest)| rest);
        let screen = draw(&model, USUAL).backend().to_string();
        assert!(screen.contains(words), "{title}: {screen}");
    }
}

/// Texts that are found: by three cards, by one, by another.
const PASTED: &[&str] = &[
    "No healthy backends available in associated backend set",
    "Backend 10.0.20.11 closed connection abruptly",
    "EHOSTUNREACH",
];

fn any_key() -> impl Strategy<Value = Msg> {
    let named: Vec<Key> =
        NAMED.iter().map(|(_, key)| *key).filter(|key| !matches!(key, Key::Ctrl('c' | 'z'))).collect();
    prop_oneof![
        4 => proptest::sample::select(named).prop_map(Msg::Key),
        6 => proptest::sample::select("123456789unhHtcsxwyjkgGd/?5e日ivpo".chars().collect::<Vec<_>>())
            .prop_map(|letter| Msg::Key(Key::Char(letter))),
        1 => "\\PC{0,40}".prop_map(Msg::Paste),
        1 => proptest::sample::select(PASTED).prop_map(|text| Msg::Paste(text.to_owned())),
        1 => (0_u16..220, 0_u16..70).prop_map(|(width, height)| Msg::Resize(width, height)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_keys_at_random_sizes_never_panic(messages in proptest::collection::vec(any_key(), 1..60)) {
        let mut model = start_embedded(USUAL);
        for message in messages {
            update(&mut model, message);
            draw(&model, model.shared.size);
            let shows_walk = model.stack.iter().any(|screen| matches!(screen, Screen::Walk(_)));
            assert!(!shows_walk || model.shared.session.walk.is_some(), "a walk is shown that is not there");
            assert!(model.shared.session.parked().count() <= 5);
        }
    }
}
