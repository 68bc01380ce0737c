//! What every back end of the store must do: one list of behaviours, run over each.

mod store_support;

use helo::store::{
    Append, AttemptId, AttemptState, Counts, Enrolment, Override, Progress, Role, Secret, Sent, Store,
    StoreError,
};
use helo::units::{Lang, Points, Time};
use std::sync::Arc;
use store_support::{TempDir, append, begin, event, events, input, lines, new_attempt, open, with_inputs};

/// Each behaviour gets an empty store.
macro_rules! behaviours {
    ($($name:ident),+ $(,)?) => {
        mod sqlite {
            $(
                #[tokio::test]
                async fn $name() {
                    let dir = super::TempDir::new();
                    let store = super::open(&dir).await;
                    super::$name(&store).await;
                    store.close().await;
                }
            )+
        }
    };
}

behaviours! {
    a_learner_is_made_once_and_found_again,
    an_attempt_comes_back_as_it_was_begun,
    attempts_are_numbered_per_learner_and_scenario,
    an_assignment_counts_its_own_attempts,
    a_scenario_is_kept_in_every_version,
    what_was_appended_comes_back_in_order,
    reading_goes_on_from_a_number,
    several_inputs_in_one_append,
    a_very_long_append_is_read_by_parts,
    it_is_known_how_far_each_client_has_come,
    what_does_not_follow_is_refused_and_leaves_nothing,
    one_bad_write_spoils_no_other,
    two_appends_in_flight_keep_their_order,
    a_frozen_attempt_takes_nothing_more,
    a_token_is_given_only_once,
    nobody_begins_for_a_learner_who_is_not_there,
    the_newest_attempt_of_each_scenario,
    courses_with_roles_groups_and_rules,
    overrides_pile_up_and_say_who_and_why,
    large_and_odd_values_survive,
    counts_count,
    a_setting_is_kept_replaced_and_forgotten,
    a_closed_store_says_so,
}

const NOW: Time = Time(1_763_773_200_000_000);

async fn a_learner_is_made_once_and_found_again(store: &Store) {
    let first = store.learner("local", "Hedwig", NOW).await.unwrap();
    let again = store.learner("local", "somebody else", Time(0)).await.unwrap();
    assert_eq!(again, first, "the handle decides, the first name stays");
    let other = store.learner("moodle:7", "Ottokar", NOW).await.unwrap();
    assert_ne!(other.id, first.id);
    assert_eq!(store.learner_by_id(other.id).await.unwrap(), Some(other));
}

async fn an_attempt_comes_back_as_it_was_begun(store: &Store) {
    let learner = store.learner("local", "you", NOW).await.unwrap().id;
    let new = new_attempt(learner, "t1");
    let (id, number) = store.begin(new.clone()).await.unwrap();
    let found = store.attempt_by_token("t1").await.unwrap().unwrap();
    assert_eq!((found.id, found.number, number), (id, 1, 1));
    assert_eq!((found.learner, found.assignment), (learner, None));
    assert_eq!((&*found.scenario, &*found.scenario_hash), ("send-by-hand", "aa11"));
    assert_eq!((&*found.engine, found.event_version, found.seed), ("0.1.0", 1, u64::MAX - 1));
    assert_eq!((found.lang, found.start, &found.vars), (Lang::De, new.start, &new.vars));
    assert_eq!((found.state, &found.note), (AttemptState::Open, &None));
    assert_eq!((found.inputs, found.events, found.progress), (0, 2, new.progress));
    assert_eq!((found.created, found.touched), (NOW, NOW));
    assert_eq!(store.attempt(id).await.unwrap(), Some(found));
    assert_eq!(store.events(id, 0, 100).await.unwrap(), [event(1, 0), event(2, 0)]);
    assert_eq!(store.inputs(id, 0, 100).await.unwrap(), []);
    assert_eq!(store.attempt_by_token("no such token").await.unwrap(), None);
}

async fn attempts_are_numbered_per_learner_and_scenario(store: &Store) {
    let anna = store.learner("anna", "Anna", NOW).await.unwrap().id;
    let otto = store.learner("otto", "Otto", NOW).await.unwrap().id;
    let mut forge = new_attempt(anna, "a3");
    (forge.scenario.scenario, forge.scenario.hash) = ("forge-a-sender".to_owned(), "bb22".to_owned());
    let rows = [
        (new_attempt(anna, "a1"), 1),
        (new_attempt(anna, "a2"), 2),
        (forge, 1),
        (new_attempt(otto, "o1"), 1),
        (new_attempt(anna, "a4"), 3),
    ];
    for (new, number) in rows {
        let token = new.token.clone();
        assert_eq!(store.begin(new).await.unwrap().1, number, "{token}");
    }
    let tokens: Vec<_> = store.attempts_of(anna).await.unwrap().into_iter().map(|a| a.token).collect();
    assert_eq!(tokens, ["a4", "a3", "a2", "a1"], "newest first");
}

async fn an_assignment_counts_its_own_attempts(store: &Store) {
    let anna = store.learner("anna", "Anna", NOW).await.unwrap().id;
    let course = store.new_course("Rechnernetze", NOW).await.unwrap();
    let assignment = store.new_assignment(course, "send-by-hand", "{}", NOW).await.unwrap();
    begin(store, anna, "free").await;
    let mut new = new_attempt(anna, "assigned");
    new.assignment = Some(assignment);
    assert_eq!(store.begin(new).await.unwrap().1, 1);
    let found = store.attempt_by_token("assigned").await.unwrap().unwrap();
    assert_eq!(found.assignment, Some(assignment));
}

async fn a_scenario_is_kept_in_every_version(store: &Store) {
    let learner = store.learner("local", "you", NOW).await.unwrap().id;
    let old = new_attempt(learner, "t1");
    let mut new = new_attempt(learner, "t2");
    (new.scenario.hash, new.scenario.text) = ("cc33".to_owned(), "format = 1\n# mended".to_owned());
    store.begin(old.clone()).await.unwrap();
    store.begin(new.clone()).await.unwrap();
    for version in [old.scenario, new.scenario] {
        assert_eq!(store.scenario_version(&version.hash).await.unwrap(), Some(version));
    }
    assert_eq!(store.scenario_version("dd44").await.unwrap(), None);
}

async fn what_was_appended_comes_back_in_order(store: &Store) {
    let learner = store.learner("local", "you", NOW).await.unwrap().id;
    let attempt = begin(store, learner, "t1").await;
    for n in 1..=10 {
        store.append(append(attempt, n)).await.unwrap();
    }
    let inputs = store.inputs(attempt, 0, 100).await.unwrap();
    assert_eq!(inputs, (1..=10).map(input).collect::<Vec<_>>());
    let written = store.events(attempt, 0, 100).await.unwrap();
    let begun = [event(1, 0), event(2, 0)];
    assert_eq!(written, begun.into_iter().chain((1..=10).flat_map(events)).collect::<Vec<_>>());
    assert_eq!(written.last(), Some(&event(32, 10)));
    let found = store.attempt(attempt).await.unwrap().unwrap();
    assert_eq!((found.inputs, found.events), (10, 32));
    let progress = Progress { points: Points(10), max_points: Points(1000), done: true };
    assert_eq!((found.progress, found.touched), (progress, Time(NOW.0 + 10)));
}

async fn reading_goes_on_from_a_number(store: &Store) {
    let learner = store.learner("local", "you", NOW).await.unwrap().id;
    let attempt = begin(store, learner, "t1").await;
    for n in 1..=5 {
        store.append(append(attempt, n)).await.unwrap();
    }
    let numbers = |rows: Vec<helo::store::Line>| rows.iter().map(|r| r.n).collect::<Vec<_>>();
    for (after, limit, seen) in
        [(0, 3, vec![1, 2, 3]), (15, 100, vec![16, 17]), (17, 100, vec![]), (u64::MAX, 1, vec![])]
    {
        assert_eq!(numbers(store.events(attempt, after, limit).await.unwrap()), seen, "after {after}");
    }
    assert_eq!(store.inputs(attempt, 3, 100).await.unwrap(), [input(4), input(5)]);
    assert_eq!(store.inputs(attempt, 3, 1).await.unwrap(), [input(4)]);
    assert_eq!(store.inputs(attempt, 5, 1).await.unwrap(), []);
    for some in [vec![1], vec![2, 3, 17], vec![5, 6, 7, 8, 9], vec![99], vec![], vec![17, u64::MAX]] {
        let there: Vec<u64> = some.iter().copied().filter(|n| *n <= 17).collect();
        let found = store.events_numbered(attempt, &some.into_iter().collect()).await.unwrap();
        assert_eq!(numbers(found), there);
    }
}

async fn several_inputs_in_one_append(store: &Store) {
    let learner = store.learner("local", "you", NOW).await.unwrap().id;
    let attempt = begin(store, learner, "t1").await;
    let (some_inputs, some_events) = ((1..=300).map(input), (1..=300).flat_map(events));
    let mut all = append(attempt, 1);
    all.inputs = lines(&some_inputs.collect::<Vec<_>>());
    all.events = Arc::new(lines(&some_events.collect::<Vec<_>>()));
    store.append(all).await.unwrap();
    let written = store.events(attempt, 0, 10_000).await.unwrap();
    assert_eq!(written.len(), 902);
    assert_eq!(written[901], event(902, 300));
    assert_eq!(store.inputs(attempt, 0, 10_000).await.unwrap().len(), 300);
    for n in [1, 2, 3, 450, 902] {
        assert_eq!(store.events(attempt, n - 1, 1).await.unwrap()[0].n, n);
        assert_eq!(store.events_numbered(attempt, &[n].into()).await.unwrap()[0].n, n);
    }
}

async fn a_very_long_append_is_read_by_parts(store: &Store) {
    let learner = store.learner("local", "you", NOW).await.unwrap().id;
    let attempt = begin(store, learner, "t1").await;
    let long = |n: u64| format!("\"{n} {}\"", "x".repeat(9_000));
    let mut all = append(attempt, 1);
    all.inputs = (1..=100).map(long).collect();
    all.events = Arc::new((3..=202).map(long).collect());
    store.append(all).await.unwrap();
    let mut next = append(attempt, 2);
    (next.after_input, next.after_event) = (100, 202);
    store.append(next).await.unwrap();
    let inputs = store.inputs(attempt, 0, 1000).await.unwrap();
    assert_eq!(
        (inputs.len(), &inputs[99].json, &inputs[100]),
        (101, &long(100), &helo::store::Line { n: 101, json: input(2).json })
    );
    let events = store.events(attempt, 0, 1000).await.unwrap();
    assert!(events.iter().zip(1..).all(|(line, n)| line.n == n));
    assert!(events[2..202].iter().all(|line| line.json == long(line.n)));
    for n in [1, 2, 3, 30, 202, 203, 205] {
        assert_eq!(store.events(attempt, n - 1, 3).await.unwrap()[0], events[n as usize - 1]);
        assert_eq!(store.events_numbered(attempt, &[n].into()).await.unwrap()[0], events[n as usize - 1]);
    }
}

async fn it_is_known_how_far_each_client_has_come(store: &Store) {
    let learner = store.learner("local", "you", NOW).await.unwrap().id;
    let (attempt, other) = (begin(store, learner, "t1").await, begin(store, learner, "t2").await);
    for (n, client, seq) in [(1, "page-1", 7), (2, "page-2", 1), (3, "page-1", 9), (4, "page-1", 8)] {
        let sent = vec![Sent { client: client.to_owned(), seq }];
        store.append(Append { sent, ..append(attempt, n) }).await.unwrap();
    }
    for (attempt, client, seq) in
        [(attempt, "page-1", 9), (attempt, "page-2", 1), (attempt, "page-3", 0), (other, "page-1", 0)]
    {
        assert_eq!(store.last_seq(attempt, client).await.unwrap(), seq, "{client}");
    }
}

async fn what_does_not_follow_is_refused_and_leaves_nothing(store: &Store) {
    let learner = store.learner("local", "you", NOW).await.unwrap().id;
    let attempt = begin(store, learner, "t1").await;
    store.append(append(attempt, 1)).await.unwrap();
    let mut over_the_end = append(attempt, 2);
    (over_the_end.after_input, over_the_end.after_event) = (u64::MAX, u64::MAX);
    let rows = [
        ("the same again", append(attempt, 1)),
        ("a gap", append(attempt, 3)),
        ("other events", Append { after_event: 4, ..append(attempt, 2) }),
        ("numbers at the end of what can be counted", over_the_end),
    ];
    for (what, rows) in rows {
        assert_eq!(store.append(rows).await, Err(StoreError::Conflict { attempt }), "{what}");
    }
    let nobody = AttemptId(999);
    assert_eq!(store.append(append(nobody, 1)).await, Err(StoreError::Conflict { attempt: nobody }));
    assert_eq!(store.counts().await.unwrap(), Counts { learners: 1, attempts: 1, inputs: 1, events: 5 });
    store.append(append(attempt, 2)).await.unwrap();
}

async fn one_bad_write_spoils_no_other(store: &Store) {
    let learner = store.learner("local", "you", NOW).await.unwrap().id;
    let (a, b, c) = (
        begin(store, learner, "a").await,
        begin(store, learner, "b").await,
        begin(store, learner, "c").await,
    );
    // All of these are queued before the writer runs: one group.
    let (ra, bad, rb, taken, rc) = tokio::join!(
        store.append(append(a, 1)),
        store.append(append(b, 2)),
        store.append(append(b, 1)),
        store.begin(new_attempt(learner, "a")),
        store.append(append(c, 1)),
    );
    assert_eq!((ra, rb, rc), (Ok(()), Ok(()), Ok(())));
    assert_eq!(bad, Err(StoreError::Conflict { attempt: b }));
    assert!(matches!(taken, Err(StoreError::Taken { .. })), "{taken:?}");
    assert_eq!(store.counts().await.unwrap().inputs, 3);
}

async fn two_appends_in_flight_keep_their_order(store: &Store) {
    let learner = store.learner("local", "you", NOW).await.unwrap().id;
    let attempt = begin(store, learner, "t1").await;
    let (one, two, three) = tokio::join!(
        store.append(append(attempt, 1)),
        store.append(append(attempt, 2)),
        store.append(append(attempt, 3))
    );
    assert_eq!((one, two, three), (Ok(()), Ok(()), Ok(())));
    assert_eq!(store.attempt(attempt).await.unwrap().unwrap().inputs, 3);
}

async fn a_frozen_attempt_takes_nothing_more(store: &Store) {
    let learner = store.learner("local", "you", NOW).await.unwrap().id;
    let attempt = begin(store, learner, "t1").await;
    let why = Some("event 7 comes out differently".to_owned());
    store.set_state(attempt, AttemptState::Frozen, why.clone()).await.unwrap();
    let found = store.attempt(attempt).await.unwrap().unwrap();
    assert_eq!((found.state, found.note), (AttemptState::Frozen, why));
    assert_eq!(store.append(append(attempt, 1)).await, Err(StoreError::Conflict { attempt }));
    store.set_state(attempt, AttemptState::Open, None).await.unwrap();
    store.append(append(attempt, 1)).await.unwrap();
}

async fn a_token_is_given_only_once(store: &Store) {
    let learner = store.learner("local", "you", NOW).await.unwrap().id;
    begin(store, learner, "t1").await;
    let again = store.begin(new_attempt(learner, "t1")).await;
    assert!(matches!(again, Err(StoreError::Taken { .. })), "{again:?}");
    assert_eq!(store.counts().await.unwrap().attempts, 1);
}

async fn nobody_begins_for_a_learner_who_is_not_there(store: &Store) {
    let nobody = store.begin(new_attempt(helo::store::LearnerId(42), "t1")).await;
    assert!(matches!(nobody, Err(StoreError::Unknown { .. })), "{nobody:?}");
    assert_eq!(store.scenario_version("aa11").await.unwrap(), None, "the scenario's text went back as well");
}

async fn the_newest_attempt_of_each_scenario(store: &Store) {
    let learner = store.learner("local", "you", NOW).await.unwrap().id;
    begin(store, learner, "old").await;
    let mut forge = new_attempt(learner, "forge");
    (forge.scenario.scenario, forge.scenario.hash) = ("forge-a-sender".to_owned(), "bb22".to_owned());
    store.begin(forge).await.unwrap();
    begin(store, learner, "new").await;
    let latest = store.latest_per_scenario(learner).await.unwrap();
    let seen: Vec<_> = latest.iter().map(|a| (&*a.scenario, &*a.token)).collect();
    assert_eq!(seen, [("forge-a-sender", "forge"), ("send-by-hand", "new")]);
}

async fn courses_with_roles_groups_and_rules(store: &Store) {
    let anna = store.learner("anna", "Anna", NOW).await.unwrap().id;
    let course = store.new_course("Rechnernetze", NOW).await.unwrap();
    let place = |role, group: Option<&str>| Enrolment {
        course,
        learner: anna,
        role,
        group: group.map(str::to_owned),
    };
    store.enrol(place(Role::Learner, Some("Mi 10")), NOW).await.unwrap();
    assert_eq!(store.enrolments_of(anna).await.unwrap(), [place(Role::Learner, Some("Mi 10"))]);
    store.enrol(place(Role::Instructor, None), NOW).await.unwrap();
    assert_eq!(
        store.enrolments_of(anna).await.unwrap(),
        [place(Role::Instructor, None)],
        "one place, changed"
    );
    let rules = r#"{"attempts":"best"}"#;
    let id = store.new_assignment(course, "send-by-hand", rules, NOW).await.unwrap();
    let given = store.assignments_of(course).await.unwrap();
    assert_eq!((given[0].id, &*given[0].scenario, &*given[0].rules), (id, "send-by-hand", rules));
    let nowhere = store.new_assignment(helo::store::CourseId(77), "send-by-hand", rules, NOW).await;
    assert!(matches!(nowhere, Err(StoreError::Unknown { .. })), "{nowhere:?}");
}

async fn overrides_pile_up_and_say_who_and_why(store: &Store) {
    let learner = store.learner("local", "you", NOW).await.unwrap().id;
    let teacher = store.learner("teacher", "T", NOW).await.unwrap().id;
    let attempt = begin(store, learner, "t1").await;
    let made = |step: Option<&str>, points, comment: &str| Override {
        attempt,
        step: step.map(str::to_owned),
        points: Points(points),
        comment: comment.to_owned(),
        made_by: teacher,
        made: NOW,
    };
    let all =
        [made(Some("quit"), 50, "half"), made(Some("quit"), 100, "all of it"), made(None, 900, "bonus")];
    for one in &all {
        store.override_points(one.clone()).await.unwrap();
    }
    assert_eq!(store.overrides_of(attempt).await.unwrap(), all);
}

async fn large_and_odd_values_survive(store: &Store) {
    let learner = store.learner("local", "Zoë \u{202E}'; DROP TABLE learner; --", NOW).await.unwrap();
    let mut new = new_attempt(learner.id, "t1");
    (new.seed, new.start, new.keys) = (0, Time(i64::MIN), Some(Secret(vec![0, 255, 10, 39])));
    let attempt = store.begin(new).await.unwrap().0;
    let (long, odd) = (format!("\"{}\"", "x".repeat(5_000_000)), "\"\u{202E}'; DROP TABLE record; --\"");
    let rows = with_inputs(append(attempt, 1), &[&long, odd]);
    store.append(rows).await.unwrap();
    let kept = store.inputs(attempt, 0, 9).await.unwrap();
    assert_eq!(kept.iter().map(|line| &*line.json).collect::<Vec<_>>(), [&*long, odd]);
    assert_eq!(store.keys(attempt).await.unwrap(), Some(Secret(vec![0, 255, 10, 39])));
    let found = store.attempt(attempt).await.unwrap().unwrap();
    assert_eq!((found.seed, found.start), (0, Time(i64::MIN)));
    assert_eq!(store.learner_by_id(learner.id).await.unwrap(), Some(learner));
}

async fn counts_count(store: &Store) {
    assert_eq!(store.counts().await.unwrap(), Counts::default());
    let learner = store.learner("local", "you", NOW).await.unwrap().id;
    let attempt = begin(store, learner, "t1").await;
    store.append(append(attempt, 1)).await.unwrap();
    assert_eq!(store.counts().await.unwrap(), Counts { learners: 1, attempts: 1, inputs: 1, events: 5 });
}

async fn a_setting_is_kept_replaced_and_forgotten(store: &Store) {
    assert_eq!(store.setting("pinned").await, Ok(None));
    for value in [Some("one"), Some("two"), None, None] {
        store.set_setting("pinned", value.map(str::to_owned)).await.unwrap();
        assert_eq!(store.setting("pinned").await.unwrap().as_deref(), value);
        assert_eq!(store.setting("other").await, Ok(None));
    }
}

async fn a_closed_store_says_so(store: &Store) {
    let learner = store.learner("local", "you", NOW).await.unwrap().id;
    let attempt = begin(store, learner, "t1").await;
    let other = store.clone();
    let (queued, ()) = tokio::join!(store.append(append(attempt, 1)), other.close());
    assert_eq!(queued, Ok(()), "what is queued is still written");
    assert_eq!(store.append(append(attempt, 2)).await, Err(StoreError::Closed));
    assert_eq!(store.counts().await, Err(StoreError::Closed));
}
