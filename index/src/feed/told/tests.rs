//! What is told of how much, against the plain rule.

use proptest::prelude::*;

use super::*;
use crate::feed::Spot;

const WEIGHTS: [Weight; 3] = [Weight::Whole, Weight::LeftOut, Weight::Remark];

fn complaint(number: usize, weight: Weight) -> Complaint {
    let place = (weight != Weight::Whole).then(|| Spot::row(number));
    let dropped = weight == Weight::LeftOut;
    Complaint { place, dropped, ..Complaint::of_feed("town", number.to_string()) }
}

/// The rule, with no bound on what is held meanwhile.
fn plainly(weights: &[Weight]) -> Vec<usize> {
    let mut told: Vec<usize> = Vec::new();
    for wanted in WEIGHTS {
        let of_weight = weights.iter().enumerate().filter(|(_, weight)| **weight == wanted).map(|(number, _)| number);
        told.extend(of_weight.take(MOST - told.len()));
    }
    told.sort_unstable();
    told
}

fn numbers(list: &[Complaint]) -> Vec<usize> {
    list.iter().filter_map(|complaint| complaint.text.parse().ok()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_weightiest_are_told_in_their_order_and_the_rest_is_counted(
        runs in prop::collection::vec((0..3_usize, 0..1500_usize), 0..8),
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..5),
    ) {
        let weights: Vec<Weight> =
            runs.iter().flat_map(|(weight, count)| std::iter::repeat_n(WEIGHTS[*weight], *count)).collect();
        let told = |from: usize, to: usize| {
            let mut told = Told::default();
            (from..to).for_each(|number| told.add(weights[number], complaint(number, weights[number])));
            told
        };
        let list = told(0, weights.len()).into_list("town");
        prop_assert_eq!(numbers(&list), plainly(&weights));
        prop_assert_eq!(list.iter().map(|complaint| complaint.stands_for).sum::<usize>(), weights.len());
        prop_assert!(list.len() <= MOST + 1);
        prop_assert_eq!(list.len() > MOST, weights.len() > MOST);
        // In pieces that come to each other in their order, and hold no more than can be told.
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(weights.len() + 1)).collect();
        cuts.extend([0, weights.len()]);
        cuts.sort_unstable();
        let mut room = [MOST; 2];
        let mut pieces: Vec<Told> = cuts.windows(2).map(|cut| told(cut[0], cut[1])).collect();
        for piece in &mut pieces {
            piece.fit(&mut room);
        }
        prop_assert!(pieces.iter_mut().map(|piece| piece.of_rows().count()).sum::<usize>() <= 2 * MOST);
        let mut whole = Told::default();
        for noticed in pieces.into_iter().flat_map(Told::into_noticed) {
            match noticed {
                None => whole.count(),
                Some(complaint) if complaint.dropped => whole.add(Weight::LeftOut, complaint),
                Some(complaint) if complaint.place.is_some() => whole.add(Weight::Remark, complaint),
                Some(complaint) => whole.add(Weight::Whole, complaint),
            }
        }
        prop_assert_eq!(whole.all(), weights.len());
        prop_assert_eq!(whole.into_list("town"), list);
    }
}

#[test]
fn the_last_one_says_how_many_are_not_told() {
    let mut told = Told::default();
    (0..MOST + 7).for_each(|number| told.add(Weight::Remark, complaint(number, Weight::Remark)));
    told.add(Weight::Whole, complaint(0, Weight::Whole));
    let told = told.into_list("town");
    let last = told.last().unwrap();
    assert_eq!((last.text.as_str(), last.stands_for), ("And 8 more like these, which are not told one by one.", 8));
    assert_eq!((last.feed.as_str(), last.dropped, last.is_remark()), ("town", false, false));
    assert_eq!(told[MOST - 1], complaint(0, Weight::Whole), "it is told, and in its place");
}
