package dev.baton.engine.inspect;

import java.util.Map;

/// What an HTTP task sent and got, by the names of TestState's InspectionData.
///
/// @param request without what is secret
/// @param revealed the same with it
public record StateTestExchange(
        Map<String, String> request, Map<String, String> revealed, Map<String, String> response) {}
