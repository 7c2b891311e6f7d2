package dev.baton.local.iam;

import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.QueryAction;
import dev.baton.local.http.QueryInput;
import dev.baton.local.http.Xml;
import dev.baton.local.iam.policy.RequestContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// OpenID Connect providers.
final class ProviderActions {
    private static final int CLIENT_IDS = 100;
    private static final int THUMBPRINTS = 5;

    private final IamGate gate;
    private final Identities identities;

    ProviderActions(IamGate gate) {
        this.gate = gate;
        this.identities = gate.identities();
    }

    Map<String, QueryAction> all() {
        return Map.of(
                "CreateOpenIDConnectProvider", this::create,
                "GetOpenIDConnectProvider", this::get,
                "DeleteOpenIDConnectProvider", this::delete,
                "ListOpenIDConnectProviders", this::list,
                "AddClientIDToOpenIDConnectProvider", this::addClientId,
                "RemoveClientIDFromOpenIDConnectProvider", this::removeClientId,
                "UpdateOpenIDConnectProviderThumbprint", this::updateThumbprints);
    }

    private void create(QueryInput input, AwsRequest request, Xml result) {
        var url = input.require("Url").replaceFirst("/$", "");
        new Constraints().length("url", url, 1, 255).check();
        // AWS takes https only; an issuer on this machine is for tests and has no certificate.
        if (!url.matches("https://[^?#\\s]+|http://(localhost|127\\.0\\.0\\.1|\\[::1])(:[0-9]+)?(/[^?#\\s]*)?")) {
            throw IamErrors.validation("Invalid Open ID Connect Provider URL");
        }
        var tags = IamGate.tags(input);
        var provider = new OidcProvider(
                identities.account().globalArn("iam", "oidc-provider/" + url.substring(url.indexOf("://") + 3)),
                url,
                clientIds(input.strings("ClientIDList")),
                thumbprints(input),
                request.time(),
                new TreeMap<>(tags));
        gate.require(
                request,
                "CreateOpenIDConnectProvider",
                provider.arn(),
                IamGate.requestTags(RequestContext.builder(), tags));
        if (!identities.add(provider)) {
            throw IamErrors.providerExists(url);
        }
        result.element("OpenIDConnectProviderArn", provider.arn());
        IamGate.writeTags(provider.tags(), result);
    }

    private static List<String> clientIds(List<String> ids) {
        ids.forEach(id -> new Constraints().length("clientID", id, 1, 255).check());
        if (ids.size() > CLIENT_IDS) {
            throw IamErrors.quota("ClientIdsPerOpenIdConnectProvider", CLIENT_IDS);
        }
        return ids;
    }

    private static List<String> thumbprints(QueryInput input) {
        var all = input.strings("ThumbprintList");
        if (all.size() > THUMBPRINTS) {
            throw IamErrors.invalid("Thumbprint list must contain fewer than 5 entries.");
        }
        all.forEach(each -> new Constraints().length("thumbprint", each, 40, 40).check());
        return all;
    }

    private void get(QueryInput input, AwsRequest request, Xml result) {
        var provider = find(input, request, "GetOpenIDConnectProvider");
        result.element("Url", provider.name()).open("ClientIDList");
        provider.clientIds().forEach(id -> result.element("member", id));
        result.close().open("ThumbprintList");
        provider.thumbprints().forEach(each -> result.element("member", each));
        result.close().element("CreateDate", IamGate.date(provider.created()));
        IamGate.writeTags(provider.tags(), result);
    }

    /// Like AWS it succeeds where there is none.
    private void delete(QueryInput input, AwsRequest request, Xml result) {
        var arn = input.require("OpenIDConnectProviderArn");
        gate.require(request, "DeleteOpenIDConnectProvider", arn, RequestContext.EMPTY);
        identities.removeProvider(arn);
    }

    private void list(QueryInput input, AwsRequest request, Xml result) {
        gate.require(request, "ListOpenIDConnectProviders", "oidc-provider/*", RequestContext.EMPTY);
        result.open("OpenIDConnectProviderList");
        identities
                .providers()
                .forEach(
                        each -> result.open("member").element("Arn", each.arn()).close());
        result.close();
    }

    private void addClientId(QueryInput input, AwsRequest request, Xml result) {
        identities.atomically(() -> {
            var provider = find(input, request, "AddClientIDToOpenIDConnectProvider");
            var ids = new ArrayList<>(provider.clientIds());
            var id = input.require("ClientID");
            if (!ids.contains(id)) {
                ids.add(id);
            }
            identities.put(with(provider, clientIds(ids), provider.thumbprints()));
            return null;
        });
    }

    private void removeClientId(QueryInput input, AwsRequest request, Xml result) {
        identities.atomically(() -> {
            var provider = find(input, request, "RemoveClientIDFromOpenIDConnectProvider");
            var ids = new ArrayList<>(provider.clientIds());
            ids.remove(input.require("ClientID"));
            identities.put(with(provider, ids, provider.thumbprints()));
            return null;
        });
    }

    private void updateThumbprints(QueryInput input, AwsRequest request, Xml result) {
        identities.atomically(() -> {
            var provider = find(input, request, "UpdateOpenIDConnectProviderThumbprint");
            identities.put(with(provider, provider.clientIds(), thumbprints(input)));
            return null;
        });
    }

    private static OidcProvider with(OidcProvider provider, List<String> clientIds, List<String> thumbprints) {
        return new OidcProvider(
                provider.arn(), provider.url(), clientIds, thumbprints, provider.created(), provider.tags());
    }

    private OidcProvider find(QueryInput input, AwsRequest request, String action) {
        var arn = input.require("OpenIDConnectProviderArn");
        gate.require(request, action, arn, RequestContext.EMPTY);
        return identities.provider(arn).orElseThrow(() -> IamErrors.noSuchProvider(arn));
    }
}
