package dev.baton.run;

import dev.baton.task.InvalidInput;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The proof of who asks, which a request to one of Baton's functions brings: Lambda does not tell a function who
/// invoked it. It is a secret while it is valid, and stands in no log, object or message.
public sealed interface IdentityProof {
    /// The member of a request that holds it.
    String FIELD = "identity";

    /// The header of a [SignedCall] that says for which pipeline it is meant, by [#audience], so that no other one can use it.
    String AUDIENCE_HEADER = "x-baton-audience";

    /// The body of a [SignedCall]; it is not told, since it is always the same.
    String CALL = "Action=GetCallerIdentity&Version=2011-06-15";

    /// The type of [#CALL].
    String CALL_TYPE = "application/x-www-form-urlencoded; charset=utf-8";

    /// What [#AUDIENCE_HEADER] says: a pipeline of an environment, so that a proof for another environment of the same
    /// account is none.
    ///
    /// @param name of the pipeline's state machine: behind the environment's prefix its own
    static String audience(String account, String region, String name) {
        return account + "/" + region + "/" + name;
    }

    /// The token of an identity provider.
    ///
    /// @param jwt as RFC 7519 writes it
    record Token(String jwt) implements IdentityProof {
        @Override
        public String toString() {
            return "Token[…]";
        }
    }

    /// A request of `sts:GetCallerIdentity`, signed by whoever asks, for the function to send: STS then says whose
    /// credentials signed it.
    ///
    /// @param headers as they were signed, [#AUDIENCE_HEADER] among them; where it goes, the function knows itself
    record SignedCall(Map<String, String> headers) implements IdentityProof {
        public SignedCall {
            headers = Map.copyOf(headers);
        }

        @Override
        public String toString() {
            return "SignedCall[…]";
        }
    }

    default Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        switch (this) {
            case Token(var jwt) -> json.put("token", jwt);
            case SignedCall(var headers) ->
                json.put("call", new LinkedHashMap<String, @Nullable Object>(new TreeMap<>(headers)));
        }
        return json;
    }

    /// @throws InvalidInput when this is not what [#toJson] makes
    static IdentityProof of(StrictFields fields) {
        var only = fields.only("token", "call");
        if (only.has("token") == only.has("call")) {
            throw new InvalidInput("\"" + FIELD + "\" of the request has either \"token\" or \"call\"");
        }
        return only.has("token") ? new Token(only.string("token")) : new SignedCall(only.strings("call"));
    }
}
