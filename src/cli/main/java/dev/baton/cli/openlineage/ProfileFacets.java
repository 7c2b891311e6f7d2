package dev.baton.cli.openlineage;

import dev.baton.run.ColumnProfile;
import dev.baton.run.ColumnType;
import dev.baton.run.DataProfile;
import io.openlineage.client.OpenLineage;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// The facets of what was counted of an output: its schema, the quality of its columns, and how much it is.
final class ProfileFacets {
    private final OpenLineage model;

    ProfileFacets(OpenLineage model) {
        this.model = model;
    }

    /// Adds schema and quality.
    void add(DataProfile profile, OpenLineage.DatasetFacetsBuilder facets) {
        if (!profile.columns().isEmpty()) {
            var fields = new ArrayList<OpenLineage.SchemaDatasetFacetFields>();
            profile.columns()
                    .forEach(column -> fields.add(model.newSchemaDatasetFacetFieldsBuilder()
                            .name(column.name())
                            .type(column.type().word())
                            .build()));
            facets.schema(model.newSchemaDatasetFacet(fields));
        }
        var metrics = model.newDataQualityMetricsDatasetFacetColumnMetricsBuilder();
        for (var column : profile.columns()) {
            metrics.put(
                    column.name(),
                    model.newDataQualityMetricsDatasetFacetColumnMetricsAdditionalBuilder()
                            .nullCount(column.nulls())
                            .distinctCount(column.distinct())
                            .count(count(profile, column))
                            .min(number(column, column.min()))
                            .max(number(column, column.max()))
                            .build());
        }
        facets.dataQualityMetrics(model.newDataQualityMetricsDatasetFacetBuilder()
                .rowCount(profile.rows())
                .bytes(profile.bytes())
                .fileCount(1L)
                .columnMetrics(metrics.build())
                .build());
    }

    /// How much was written.
    OpenLineage.@Nullable OutputDatasetOutputFacets written(DataProfile profile) {
        return profile.rows() == null
                ? null
                : model.newOutputDatasetOutputFacetsBuilder()
                        .outputStatistics(
                                model.newOutputStatisticsOutputDatasetFacet(profile.rows(), profile.bytes(), 1L))
                        .build();
    }

    private static @Nullable Double count(DataProfile profile, ColumnProfile column) {
        return profile.rows() == null || column.nulls() == null
                ? null
                : (Double) (double) (profile.rows() - column.nulls());
    }

    /// OpenLineage knows extremes of numbers only.
    private static @Nullable Double number(ColumnProfile column, @Nullable String text) {
        try {
            return text == null || (column.type() != ColumnType.INTEGER && column.type() != ColumnType.NUMBER)
                    ? null
                    : Double.valueOf(text);
        } catch (NumberFormatException e) {
            // It was cut.
            return null;
        }
    }
}
