//! Configurations that nobody thought of: after each apply there is nothing to do.

use std::fmt::Write as _;

/// How many configurations follow each other, on one state.
const STEPS: u64 = 5;

/// Things in each of them.
const THINGS: u64 = 4;

/// Numbers that look random and are the same in every run (SplitMix64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut number = self.0;
        number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (number ^ (number >> 31)) % limit
    }

    fn pick<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[usize::try_from(self.below(choices.len() as u64)).unwrap()]
    }

    /// A text that is known, or known only after apply while `later` changes.
    fn text(&mut self) -> String {
        let known = ["\"a\"", "\"b\"", "\"\"", "\"Zo\\u00eb\""];
        match self.below(4) {
            0 => "terraform_data.later.output.text".to_owned(),
            _ => self.pick(&known).to_owned(),
        }
    }

    fn number(&mut self) -> String {
        match self.below(4) {
            0 => "terraform_data.later.output.number".to_owned(),
            _ => self.pick(&["1", "2", "9007199254740993"]).to_owned(),
        }
    }

    /// So many values of a collection, from none to three.
    fn several(&mut self, each: impl Fn(&mut Numbers, u64) -> String) -> String {
        (0..self.below(4)).map(|index| each(self, index)).collect::<Vec<_>>().join(", ")
    }

    /// Some of the attributes in no particular order.
    fn some(&mut self, attributes: &[(&str, Making)]) -> String {
        let mut text = String::new();
        for (name, value) in attributes {
            match self.below(4) {
                0 => {}
                1 => writeln!(text, "{name} = null").unwrap(),
                _ => writeln!(text, "{name} = {}", value(self)).unwrap(),
            }
        }
        text
    }
}

/// Makes the value of an attribute.
type Making<'a> = &'a dyn Fn(&mut Numbers) -> String;

fn object(attributes: &str) -> String {
    format!("{{ {} }}", attributes.trim().replace('\n', ", "))
}

fn thing(numbers: &mut Numbers, number: u64) -> String {
    let attributes = numbers.some(&[
        ("zone", &|it| it.pick(&["\"north\"", "\"south\"", "\"home\""]).to_owned()),
        ("material", &|it| it.pick(&["\"wood\"", "\"steel\""]).to_owned()),
        ("size", &Numbers::number),
        ("ratio", &|it| it.pick(&["0.1", "1e21", "3", "-0.0000001"]).to_owned()),
        ("exact", &|it| it.pick(&["12345678901234567890123.5", "0.1", "7"]).to_owned()),
        ("anything", &|it| match it.below(3) {
            0 => format!("[{}]", it.several(|it, _| it.number())),
            1 => it.text(),
            _ => object(&format!("a = {}\nb = {}", it.text(), it.number())),
        }),
        ("note", &Numbers::text),
        ("address", &|it| it.pick(&["\"::1\"", "\"0:0::1\"", "\"10.0.0.1\""]).to_owned()),
        ("maker", &|it| object(&format!("name = {}", it.text()))),
        ("labels", &|it| format!("{{ {} }}", it.several(|it, index| format!("l{index} = {}", it.text())))),
        ("tags", &|it| format!("[{}]", it.several(|it, _| it.text()))),
        ("owner", &|it| {
            let phone = it.some(&[("phone", &Numbers::text)]);
            object(&format!("mail = {}\n{phone}", it.text()))
        }),
        ("parts", &|it| {
            let parts = it.several(|it, index| {
                let rest = it.some(&[
                    ("weight", &Numbers::number),
                    ("form", &|it| it.pick(&["\"round\"", "\"flat\""]).to_owned()),
                ]);
                format!("p{index} = {}", object(&format!("text = {}\n{rest}", it.text())))
            });
            format!("{{ {parts} }}")
        }),
        ("steps", &|it| {
            let steps = it.several(|it, _| {
                let rest = it.some(&[("attempts", &Numbers::number)]);
                object(&format!("run = {}\n{rest}", it.text()))
            });
            format!("[{steps}]")
        }),
        ("rules", &|it| {
            let rules = it.several(|it, index| {
                let rest = it.some(&[("action", &Numbers::text)]);
                object(&format!("port = {}\n{rest}", index + 1))
            });
            format!("[{rules}]")
        }),
        ("password", &Numbers::text),
        ("token_version", &Numbers::number),
    ]);
    format!(
        "resource \"toy_thing\" \"t{number}\" {{\n name = \"t{number}\"\n allow_replace = [\"material\"]\n{attributes}}}\n"
    )
}

fn configuration(numbers: &mut Numbers) -> String {
    let later = format!("{{ text = \"t{}\", number = {} }}", numbers.below(3), numbers.below(3) + 1);
    let things: String = (0..THINGS).map(|number| thing(numbers, number)).collect();
    format!("resource \"terraform_data\" \"later\" {{\n input = {later}\n}}\n{things}")
}

scenarios! {
    fn plans_empty_after_each_apply(stage) {
        let mut numbers = Numbers(20_261_121);
        for _ in 0..STEPS {
            stage.configure(&configuration(&mut numbers));
            stage.apply();
            stage.plan_is_empty();
        }
        stage.destroy();
        assert_eq!(stage.world().names("things").unwrap(), Vec::<String>::new());
    }
}
