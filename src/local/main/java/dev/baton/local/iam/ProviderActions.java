package dev.baton.local.iam;

import dev.baton.local.http.Xml;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.identity.OidcProvider;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.QueryAction;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// OpenID Connect providers.
record ProviderActions(IamGate gate) {
    private static final int CLIENT_IDS = 100;
    private static final int THUMBPRINTS = 5;

    List<ApiOperation<QueryAction>> all() {
        return List.of(
                ApiOperation.changing("CreateOpenIDConnectProvider", this::create),
                ApiOperation.reading("GetOpenIDConnectProvider", this::get),
                ApiOperation.changing("DeleteOpenIDConnectProvider", this::delete),
                ApiOperation.reading("ListOpenIDConnectProviders", this::list),
                ApiOperation.changing("AddClientIDToOpenIDConnectProvider", this::addClientId),
                ApiOperation.changing("RemoveClientIDFromOpenIDConnectProvider", this::removeClientId),
                ApiOperation.changing("UpdateOpenIDConnectProviderThumbprint", this::updateThumbprints));
    }

    private void create(ApiInput input, ApiCall call, Xml result) {
        var url = input.require("Url").replaceFirst("/$", "");
        // AWS takes https only; an issuer on this machine is for tests and has no certificate.
        if (!url.matches("https://[^?#\\s]+|http://(localhost|127\\.0\\.0\\.1|\\[::1])(:[0-9]+)?(/[^?#\\s]*)?")) {
            throw IamErrors.validation("Invalid Open ID Connect Provider URL");
        }
        var tags = IamGate.tags(input);
        var provider = new OidcProvider(
                gate.identities().account().globalArn("iam", "oidc-provider/" + url.substring(url.indexOf("://") + 3)),
                url,
                clientIds(input.texts("ClientIDList")),
                thumbprints(input),
                call.request().time(),
                new TreeMap<>(tags));
        gate.require(call, provider.arn(), IamGate.requestTags(RequestContext.builder(), tags));
        if (!gate.identities().add(provider)) {
            throw IamErrors.providerExists(url);
        }
        result.element("OpenIDConnectProviderArn", provider.arn());
        IamGate.writeTags(provider.tags(), result);
    }

    private static List<String> clientIds(List<String> ids) {
        if (ids.size() > CLIENT_IDS) {
            throw IamErrors.quota("ClientIdsPerOpenIdConnectProvider", CLIENT_IDS);
        }
        return ids;
    }

    private static List<String> thumbprints(ApiInput input) {
        var all = input.texts("ThumbprintList");
        if (all.size() > THUMBPRINTS) {
            throw IamErrors.invalid("Thumbprint list must contain fewer than 5 entries.");
        }
        return all;
    }

    private void get(ApiInput input, ApiCall call, Xml result) {
        var provider = find(input, call);
        result.element("Url", provider.name()).open("ClientIDList");
        provider.clientIds().forEach(id -> result.element("member", id));
        result.close().open("ThumbprintList");
        provider.thumbprints().forEach(each -> result.element("member", each));
        result.close().element("CreateDate", IamGate.date(provider.created()));
        IamGate.writeTags(provider.tags(), result);
    }

    /// Like AWS it succeeds where there is none.
    private void delete(ApiInput input, ApiCall call, Xml result) {
        var arn = input.require("OpenIDConnectProviderArn");
        gate.require(call, arn, RequestContext.EMPTY);
        gate.identities().removeProvider(arn);
    }

    private void list(ApiInput input, ApiCall call, Xml result) {
        gate.require(call, "oidc-provider/*", RequestContext.EMPTY);
        result.open("OpenIDConnectProviderList");
        gate.identities()
                .providers()
                .forEach(
                        each -> result.open("member").element("Arn", each.arn()).close());
        result.close();
    }

    private void addClientId(ApiInput input, ApiCall call, Xml result) {
        var provider = find(input, call);
        var ids = new ArrayList<>(provider.clientIds());
        var id = input.require("ClientID");
        if (!ids.contains(id)) {
            ids.add(id);
        }
        gate.identities().put(with(provider, clientIds(ids), provider.thumbprints()));
    }

    private void removeClientId(ApiInput input, ApiCall call, Xml result) {
        var provider = find(input, call);
        var ids = new ArrayList<>(provider.clientIds());
        ids.remove(input.require("ClientID"));
        gate.identities().put(with(provider, ids, provider.thumbprints()));
    }

    private void updateThumbprints(ApiInput input, ApiCall call, Xml result) {
        var provider = find(input, call);
        gate.identities().put(with(provider, provider.clientIds(), thumbprints(input)));
    }

    private static OidcProvider with(OidcProvider provider, List<String> clientIds, List<String> thumbprints) {
        return new OidcProvider(
                provider.arn(), provider.url(), clientIds, thumbprints, provider.created(), provider.tags());
    }

    private OidcProvider find(ApiInput input, ApiCall call) {
        var arn = input.require("OpenIDConnectProviderArn");
        gate.require(call, arn, RequestContext.EMPTY);
        return gate.identities().provider(arn).orElseThrow(() -> IamErrors.noSuchProvider(arn));
    }
}
