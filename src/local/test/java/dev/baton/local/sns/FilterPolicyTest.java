package dev.baton.local.sns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.json.Json;
import dev.baton.local.http.AwsError;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Filter policies, by what SNS's own guide says that they take.
class FilterPolicyTest {
    private static SnsMessage message(String text, Map<String, SnsAttribute> attributes) {
        return new SnsMessage(
                "id", "arn", null, text, Map.of(), attributes, null, null, null, Instant.parse("2026-11-30T12:00:00Z"));
    }

    /// @param values of attributes, by name: a text, a number, or a list for String.Array
    private static Map<String, SnsAttribute> attributes(String values) {
        var attributes = new LinkedHashMap<String, SnsAttribute>();
        Json.parseObject(values.replace('\'', '"')).forEach((name, value) -> {
            var type = value instanceof String ? "String" : value instanceof Number ? "Number" : "String.Array";
            attributes.put(name, new SnsAttribute(type, value instanceof String text ? text : Json.print(value)));
        });
        return attributes;
    }

    @ParameterizedTest(name = "{0} | {1} | {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'interests':['rugby','tennis']}                     | {'interests':'rugby'}              | true",
                "{'interests':['rugby','tennis']}                     | {'interests':['golf','tennis']}    | true",
                "{'interests':['rugby','tennis']}                     | {'interests':'baseball'}           | false",
                "{'interests':['rugby']}                              | {}                                 | false",
                "{'interests':['rugby'],'store':['a']}                | {'interests':'rugby'}              | false",
                "{'interests':['rugby'],'store':['a']}                | {'interests':'rugby','store':'a'}  | true",
                "{'interests':[{'anything-but':['rugby','tennis']}]}  | {'interests':'baseball'}           | true",
                "{'interests':[{'anything-but':['rugby','tennis']}]}  | {'interests':['rugby','baseball']} | true",
                "{'interests':[{'anything-but':['rugby','tennis']}]}  | {'interests':['rugby']}            | false",
                "{'event':[{'anything-but':{'prefix':'order-'}}]}     | {'event':'data-entry'}             | true",
                "{'event':[{'anything-but':{'prefix':'order-'}}]}     | {'event':'order-number'}           | false",
                "{'interests':[{'equals-ignore-case':'tennis'}]}      | {'interests':'TENNIS'}             | true",
                "{'source_ip':[{'cidr':'10.0.0.0/24'}]}               | {'source_ip':'10.0.0.255'}         | true",
                "{'source_ip':[{'cidr':'10.0.0.0/24'}]}               | {'source_ip':'10.1.1.0'}           | false",
                "{'interests':[{'prefix':'bas'}]}                     | {'interests':'basketball'}         | true",
                "{'interests':[{'prefix':'bas'}]}                     | {'interests':'rugby'}              | false",
                "{'interests':[{'suffix':'ball'}]}                    | {'interests':'baseball'}           | true",
                "{'price':[301.5]}                                    | {'price':3.015e2}                  | true",
                "{'price':[301.5]}                                    | {'price':'301.5'}                  | false",
                "{'price':[{'numeric':['<',0]}]}                      | {'price':-1}                       | true",
                "{'price':[{'numeric':['>',0,'<=',150]}]}             | {'price':150}                      | true",
                "{'price':[{'numeric':['>',0,'<=',150]}]}             | {'price':0}                        | false",
                "{'price':[{'anything-but':[100,500]}]}               | {'price':101}                      | true",
                "{'store':[{'exists':true}]}                          | {'store':'fans'}                   | true",
                "{'store':[{'exists':false}]}                         | {'store':'fans'}                   | false",
                "{'store':[{'exists':false}]}                         | {'encrypted':'false'}              | true",
                "{'source':['aws.cloudwatch'],'$or':[{'name':['CPU']},{'space':['EC2','ES']}]} | {'source':'aws.cloudwatch','space':'ES'} | true",
                "{'source':['aws.cloudwatch'],'$or':[{'name':['CPU']},{'space':['EC2','ES']}]} | {'source':'aws.cloudwatch','space':'S3'} | false",
            })
    void attributes_are_compared(String policy, String values, boolean accepted) {
        var filter = FilterPolicy.of(Map.of("FilterPolicy", policy.replace('\'', '"')));
        assertThat(filter.accepts(message("text", attributes(values)))).isEqualTo(accepted);
    }

    @ParameterizedTest(name = "{0} | {1} | {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'store':['example']}                       | {'store':'example','event':'placed'}             | true",
                "{'store':['example']}                       | {'store':'other'}                                | false",
                "{'store':['example']}                       | not JSON                                         | false",
                "{'store':['example']}                       | ['example']                                      | false",
                "{'a':{'b':{'c':[{'numeric':['>',1]}]}}}     | {'a':{'b':{'c':2}}}                              | true",
                "{'Records':{'s3':{'object':{'key':[{'prefix':'auto-'}]}},'eventName':[{'prefix':'ObjectCreated:'}]}} | {'Records':[{'eventName':'ObjectCreated:Put','s3':{'object':{'key':'auto-1'}}}]} | true",
                "{'Records':{'s3':{'object':{'key':[{'prefix':'auto-'}]}},'eventName':[{'prefix':'ObjectCreated:'}]}} | {'Records':[{'eventName':'ObjectRemoved:Delete','s3':{'object':{'key':'auto-1'}}}]} | false",
                "{'k':[null]}                                | {'k':null}                                       | true",
                "{'k':[true]}                                | {'k':true}                                       | true",
            })
    void a_body_is_compared(String policy, String body, boolean accepted) {
        var filter =
                FilterPolicy.of(Map.of("FilterPolicy", policy.replace('\'', '"'), "FilterPolicyScope", "MessageBody"));
        assertThat(filter.accepts(message(body.replace('\'', '"'), Map.of()))).isEqualTo(accepted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'store':'example'}",
                "{'store':[]}",
                "{'store':{'nested':['a']}}",
                "{'store':[{'wildcard':'a*'}]}",
                "{'store':[{'anything-but':{'wildcard':'a*'}}]}",
                "{'price':[2000000000]}",
                "{'a':['1'],'b':['1'],'c':['1'],'d':['1'],'e':['1'],'f':['1']}",
                "{'a':['1','2','3','4','5','6','7','8','9','0','1','2','3'],'b':['1','2','3','4','5','6','7','8','9','0','1','2']}",
                "{'a':[{'numeric':['>']}]}",
                "not JSON",
            })
    void what_sns_does_not_take_is_refused(String policy) {
        assertThatThrownBy(() -> FilterPolicy.of(Map.of("FilterPolicy", policy.replace('\'', '"'))))
                .isInstanceOf(AwsError.class)
                .hasMessageStartingWith("Invalid parameter: FilterPolicy: ");
    }
}
