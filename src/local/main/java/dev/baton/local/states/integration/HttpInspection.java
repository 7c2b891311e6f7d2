package dev.baton.local.states.integration;

import dev.baton.local.events.Connection.Added;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A request and an answer of an HTTP task as TestState shows them at TRACE.
///
/// See
/// [InspectionDataRequest](https://docs.aws.amazon.com/step-functions/latest/apireference/API_InspectionDataRequest.html)
/// and
/// [InspectionDataResponse](https://docs.aws.amazon.com/step-functions/latest/apireference/API_InspectionDataResponse.html).
final class HttpInspection {
    private HttpInspection() {}

    /// @param authorization headers that authorise the request
    static Map<String, String> request(HttpArguments asked, List<Added> authorization) {
        var headers = new ArrayList<String>();
        asked.headers().forEach((name, value) -> headers.add(name + ": " + value));
        authorization.forEach(added -> headers.add(added.name() + ": " + added.value()));
        var request = new LinkedHashMap<String, String>();
        request.put("protocol", asked.endpoint().getScheme());
        request.put("method", asked.method());
        request.put("url", asked.address(asked.endpoint()).toString());
        request.put("headers", headers.toString());
        var content = asked.content();
        if (content != null) {
            request.put("body", new String(content, StandardCharsets.UTF_8));
        }
        return request;
    }

    static Map<String, String> response(HttpArguments asked, HttpResponse<byte[]> answer) {
        var headers = new ArrayList<String>();
        answer.headers().map().forEach((name, values) -> {
            if (!name.startsWith(":")) {
                headers.add(name + ": " + String.join(",", values));
            }
        });
        var response = new LinkedHashMap<String, String>();
        response.put("protocol", asked.endpoint().getScheme());
        response.put("statusCode", Integer.toString(answer.statusCode()));
        response.put("statusMessage", HttpAnswer.phrase(answer.statusCode()));
        response.put("headers", headers.toString());
        response.put("body", new String(answer.body(), StandardCharsets.UTF_8));
        return response;
    }
}
