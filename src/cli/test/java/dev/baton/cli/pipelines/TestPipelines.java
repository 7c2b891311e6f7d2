package dev.baton.cli.pipelines;

import dev.baton.cli.pipelines.hostile.Caper;
import dev.baton.cli.suite.bakery.Loaf;
import dev.baton.task.Pipeline;
import dev.baton.task.PipelineProvider;
import java.util.ArrayList;
import java.util.List;

/// The pipelines of the tests, found as those of people are.
public final class TestPipelines implements PipelineProvider {
    public static final Pipeline SNOOPING = Pipeline.of("snooping", Snooping.class);
    public static final Pipeline TIDYING = Pipeline.of("tidying", Tidied.class);
    public static final Pipeline STUMBLING = Pipeline.of("stumbling", Stumbling.class);
    public static final Pipeline FRAGILE = Pipeline.of("fragile", Fragile.class);
    public static final Pipeline ECHOES = Pipeline.of("echoes", Echoed.class);
    public static final Pipeline TURBINE = Pipeline.of("turbine", Turbine.class);

    public static final Pipeline APIARY = Pipeline.of("apiary", Apiary.Shelf.class);
    public static final Pipeline TASTING = Pipeline.of("tasting", Apiary.Tasting.class);

    public static final Pipeline UNPACKING = Pipeline.of("unpacking", Unpacked.class);
    public static final Pipeline GLACIER = Pipeline.of("glacier", Glacier.Tongue.class);
    public static final Pipeline RETREAT = Pipeline.of("retreat", Glacier.Retreat.class);

    public static final Pipeline CORES = Pipeline.of("cores", Glacier.Oldest.class);

    public static final Pipeline REGATTA = Pipeline.of("regatta", Regatta.Page.class);
    public static final Pipeline ALBUM = Pipeline.of("album", Regatta.Album.class);
    public static final Pipeline COUNTING = Pipeline.of("counting", Regatta.Count.class);
    public static final Pipeline HARBOUR = Pipeline.of("harbour", Harbour.Rumour.class);
    public static final Pipeline LOGBOOK = Pipeline.of("logbook", Harbour.Length.class);

    public static final Pipeline MARKET = Pipeline.of("market", Market.Stall.class);
    public static final Pipeline SIGNS = Pipeline.of("signs", Market.Sign.class);

    public static final Pipeline FISHERY = Pipeline.of("fishery", Fishery.Bulletin.class);
    public static final Pipeline PORTS = Pipeline.of("ports", Fishery.Ports.class);
    public static final Pipeline QUOTAS = Pipeline.of("quotas", Fishery.Quota.class);
    public static final Pipeline BOOK = Pipeline.of("book", Fishery.Reading.class);

    public static final Pipeline HOSTILE = Pipeline.of("hostile", Caper.class);

    public static final Pipeline FAIR = Pipeline.of("fair", Fair.FairDay.class);
    public static final Pipeline STALLS = Pipeline.of("stalls", Fair.StallDay.class);

    public static final Pipeline SMALL = Pipeline.of("small", Mosaic.Small.class);
    public static final Pipeline LARGE = Pipeline.of("large", Mosaic.Large.class);
    public static final Pipeline FLOOR = Pipeline.of("floor", Mosaic.Floor.class);

    @Override
    public List<Pipeline> pipelines() {
        var all = new ArrayList<>(tested());
        if (Boolean.getBoolean(Copies.PROPERTY)) {
            all.addAll(List.of(Copies.COUNTED, Copies.PLAIN));
        }
        return all;
    }

    private static List<Pipeline> tested() {
        return List.of(
                Loaf.PIPELINE,
                HOSTILE,
                UNPACKING,
                SNOOPING,
                TIDYING,
                STUMBLING,
                APIARY,
                TASTING,
                SMALL,
                LARGE,
                FLOOR,
                FRAGILE,
                ECHOES,
                TURBINE,
                GLACIER,
                RETREAT,
                CORES,
                REGATTA,
                ALBUM,
                COUNTING,
                HARBOUR,
                LOGBOOK,
                FAIR,
                STALLS,
                MARKET,
                SIGNS,
                FISHERY,
                PORTS,
                QUOTAS,
                BOOK,
                Greeting.PIPELINE,
                Orchard.CIDER,
                Orchard.PERRY,
                Strongbox.PIPELINE,
                Lockbox.PIPELINE,
                Lockbox.COFFERS,
                Pipeline.of("cyclic", Wrong.Hen.class),
                Pipeline.of("one-target", Wrong.Twins.class),
                Pipeline.of("self-starting", Wrong.Echo.class),
                Pipeline.of("no-intent", Wrong.Aimless.class),
                Pipeline.of("all-wrong", Wrong.AllWrong.class));
    }
}
