package dev.baton.engine.inspect;

import java.util.Map;

/// The request and the answer of an HTTP task, by the names of TestState's InspectionData.
///
/// @param request without what is secret
/// @param revealed the same with it
public record StateTestExchange(
        Map<String, String> request, Map<String, String> revealed, Map<String, String> response) {}
