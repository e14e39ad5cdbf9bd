package io.tidewatch.chart;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What tests of other packages ask the chart for. */
public final class RenderedChart {

    private RenderedChart() {}

    /** The objects of one of the renderings that are kept. */
    public static List<JsonNode> objects(String rendering) {
        return Chart.objects(rendering);
    }
}
