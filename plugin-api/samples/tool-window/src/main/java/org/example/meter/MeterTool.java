package org.example.meter;

import dev.berth.api.session.SessionDirectory;
import dev.berth.api.ui.toolwindow.ToolWindowContext;
import dev.berth.api.ui.toolwindow.ToolWindowFactory;
import dev.berth.api.ui.toolwindow.ToolWindowSide;
import dev.berth.api.ui.toolwindow.ToolWindowSpec;
import javax.swing.JComponent;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Contributes the tool window. Berth makes its content when somebody opens it, and not before. */
@Component(service = ToolWindowFactory.class)
@ToolWindowSpec(id = "org.example.meter", title = "Processor meter", icon = "metrics", side = ToolWindowSide.BOTTOM)
public final class MeterTool implements ToolWindowFactory {

    private final SessionDirectory sessions;

    @Activate
    public MeterTool(@Reference SessionDirectory sessions) {
        this.sessions = sessions;
    }

    @Override
    public JComponent create(ToolWindowContext context) {
        Graph graph = new Graph();
        Sampler sampler = new Sampler(sessions, graph::add);
        // Ends the sampler's thread when the window goes or the plugin stops: nothing of a plugin may stay behind.
        context.onClose(sampler::close);
        return graph;
    }
}
