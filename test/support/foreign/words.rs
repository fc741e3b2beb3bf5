use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;
fn main() {
    let rounds: usize = std::env::args().nth(1).and_then(|word| word.parse().ok()).unwrap_or(1);
    let mut sum = 0usize;
    for round in 0..rounds {
        let mut words: HashMap<String, usize> = HashMap::new();
        for i in 0..4000usize {
            *words.entry(format!("word {}", i * i % (997 + round))).or_insert(0) += 1;
        }
        let mut sorted: Vec<(String, usize)> = words.into_iter().collect();
        sorted.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let tree: BTreeMap<&str, f64> = sorted.iter().map(|(word, count)| (word.as_str(), *count as f64 / 3.0)).collect();
        let mut text = String::new();
        for (word, share) in &tree {
            write!(text, "{word}: {share:.3}, ").unwrap();
        }
        sum += text.split(", ").filter_map(|part| part.split(": ").nth(1)?.parse::<f64>().ok()).map(|x| x as usize).sum::<usize>();
    }
    println!("{sum}");
}
