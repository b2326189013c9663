//! The faults that were met, by the store's own log: one that was arranged may never have come to anything.

use serde_json::Value;

/// Requests that met a fault.
pub(crate) fn faults(log: &[Value]) -> u64 {
    let met = log.iter().filter(|request| request["fault"].is_string());
    met.count() as u64
}

/// Writes that the store did and answered, and whose answer was spoiled on its way. A slow one still comes.
pub(crate) fn spoiled_answers(log: &[Value]) -> u64 {
    let is_spoiled = |request: &&Value| {
        request["method"] == "PUT"
            && request["status"] == 200
            && request["fault"].is_string()
            && request["fault"] != "latency"
    };
    log.iter().filter(is_spoiled).count() as u64
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_was_met_counts_and_only_a_spoiled_answer_excuses_asking_again() {
        let asked = |method: &str, status: Value, fault: Value| json!({ "method": method, "status": status, "fault": fault });
        let log = [
            asked("PUT", json!(200), Value::Null),
            asked("PUT", json!(200), json!("latency")),
            asked("PUT", json!(200), json!("halfBody")),
            asked("PUT", json!(429), json!("rateLimited")),
            asked("PUT", Value::Null, json!("resetAfter")),
            asked("GET", json!(200), json!("halfBody")),
        ];
        assert_eq!(faults(&log), 5);
        assert_eq!(spoiled_answers(&log), 1);
        assert_eq!(faults(&log[..1]), 0, "whatever was arranged");
    }
}
