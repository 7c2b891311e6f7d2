package dev.baton.local.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.json.Json;
import dev.baton.local.http.AwsError;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// EventBridge's operators, of which each pattern is judged twice: as TestEventPattern does, and by the matcher of a
/// bus.
class EventPatternTest {
    @ParameterizedTest(name = "{0} | {1} | {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'detail':{'$or':[{'a':[1]},{'b':[2]}]}}                  | {'a':0,'b':2}                  | true",
        "{'detail':{'$or':[{'a':[1]},{'b':[2]}]}}                  | {'a':0,'b':0}                  | false",
        "{'$or':[{'source':['y']},{'detail':{'a':[1]}}]}           | {'a':1}                        | true",
        "{'detail':{'k':['x'],'$or':[{'a':[1]},{'$or':[{'b':[2]},{'c':[3]}]}]}} | {'k':'x','c':3}   | true",
        "{'detail':{'k':['x'],'$or':[{'a':[1]},{'b':[2]}]}}        | {'k':'y','a':1}                | false",
        "{'detail':{'k':[{'anything-but':'a'}]}}                   | {'k':'b'}                      | true",
        "{'detail':{'k':[{'anything-but':['a','b']}]}}             | {'k':'b'}                      | false",
        "{'detail':{'k':[{'anything-but':[1,2]}]}}                 | {'k':3}                        | true",
        "{'detail':{'k':[{'anything-but':{'prefix':'a'}}]}}        | {'k':'ab'}                     | false",
        "{'detail':{'k':[{'anything-but':{'prefix':['a','b']}}]}}  | {'k':'ba'}                     | false",
        "{'detail':{'k':[{'anything-but':{'prefix':['a','b']}}]}}  | {'k':'ca'}                     | true",
        "{'detail':{'k':[{'anything-but':{'suffix':['.tmp','~']}}]}} | {'k':'x.tmp'}                | false",
        "{'detail':{'k':[{'anything-but':{'suffix':['.tmp','~']}}]}} | {'k':'x.csv'}                | true",
        "{'detail':{'k':[{'anything-but':{'wildcard':'*/part/*'}}]}} | {'k':'a/part/b'}             | false",
        "{'detail':{'k':[{'anything-but':{'wildcard':['*/part/*','*.tmp']}}]}} | {'k':'a/b.csv'}    | true",
        "{'detail':{'k':[{'anything-but':{'wildcard':['*/part/*','*.tmp']}}]}} | {'k':'a/b.tmp'}    | false",
        "{'detail':{'k':[{'anything-but':{'equals-ignore-case':['A','b']}}]}} | {'k':'B'}           | false",
        "{'detail':{'k':[{'prefix':{'equals-ignore-case':'EU'}}]}} | {'k':'eu-west'}                | true",
        "{'detail':{'k':[{'suffix':{'equals-ignore-case':'.CSV'}}]}} | {'k':'a.csv'}                | true",
        "{'detail':{'k':[{'wildcard':'in/*/a*.csv'}]}}             | {'k':'in/x/y/abc.csv'}         | true",
        "{'detail':{'k':[{'numeric':['>',0,'<=',5]}]}}             | {'k':5}                        | true",
        "{'detail':{'k':[{'numeric':['=',3.018e2]}]}}              | {'k':301.8}                    | true",
        "{'detail':{'k':[{'cidr':'10.0.0.0/8'}]}}                  | {'k':'10.9.8.7'}               | true",
        "{'detail':{'k':[null]}}                                   | {'k':null}                     | true",
        "{'detail':{'k':['']}}                                     | {'k':''}                       | true",
        "{'detail':{'k':[{'exists':false}]}}                       | {'a':1}                        | true",
        // Only leaves exist.
        "{'detail':{'a':[{'exists':true}]}}                        | {'a':{'b':1}}                  | false",
        "{'detail':{'a':{'b':[{'exists':true}]}}}                  | {'a':{'b':1}}                  | true",
        // A value in an array of objects, and two that must be of one object.
        "{'detail':{'items':{'cidr':['0.0.0.0/0']}}}               | {'items':[{'cidr':'10.0.0.0/8'},{'cidr':'0.0.0.0/0'}]} | true",
        "{'detail':{'items':{'a':[1],'b':[2]}}}                    | {'items':[{'a':1,'b':0},{'a':0,'b':2}]} | false",
        "{'detail':{'k':['x','y']}}                                | {'k':['z','y']}                | true",
    })
    void an_operator_matches(String pattern, String detail, boolean matches) {
        var event = Json.print(Map.of("source", "x", "detail", Json.parse(detail.replace('\'', '"'))));
        var parsed = EventPattern.parse(pattern.replace('\'', '"'));
        assertThat(parsed.matches(event)).isEqualTo(matches);
        var bus = new EventBus("b", "arn:b");
        bus.put(new Rule("r", "arn:r", parsed, true, Map.of(), Map.of(), Map.of()));
        assertThat(bus.matching(event)).hasSize(matches ? 1 : 0);
        bus.remove(bus.rule("r"));
        assertThat(bus.matching(event)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "nonsense",
        "[]",
        "{}",
        "{'detail':{}}",
        "{'detail':{'k':[]}}",
        "{'detail':{'k':'a'}}",
        "{'detail':{'k':[{'like':'a'}]}}",
        "{'detail':{'k':[{'wildcard':'a**b'}]}}",
        "{'detail':{'$or':[{'a':[1]}]}}",
        "{'detail':{'k':[{'numeric':['>','a']}]}}",
        "{'detail':{'k':[{'anything-but':{'like':'a'}}]}}",
        "{'detail':{'k':[{'cidr':'10.0.0.0/99'}]}}",
        "{'detail':{'k':[['a']]}}"
    })
    void a_pattern_that_is_none_is_refused(String pattern) {
        assertThatThrownBy(() -> EventPattern.parse(pattern.replace('\'', '"')))
                .isInstanceOf(AwsError.class)
                .hasMessageContaining("Event pattern is not valid. Reason: ");
    }
}
