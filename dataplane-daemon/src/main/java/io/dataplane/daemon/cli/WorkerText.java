package io.dataplane.daemon.cli;

import io.dataplane.daemon.text.Human;
import io.dataplane.daemon.text.Style;
import io.dataplane.daemon.text.Table;
import io.dataplane.daemon.view.WorkerView;
import io.dataplane.daemon.view.WorkerView.PoolView;
import java.util.List;

/** Draws {@code dataplane worker}: what workers did, then what memory they have. */
final class WorkerText {

  private WorkerText() {}

  static void render(List<WorkerView> workers, Terminal terminal) {
    Style style = Style.of(terminal.outHasColour());
    Table work =
        new Table(
            "WORKER",
            "BUSY",
            "FRAMES",
            "ROUNDS",
            "SQUEEZED",
            "SLEEPS",
            "TASKS",
            "FAILURES",
            "QUEUES");
    Table memory = new Table("WORKER", "POOL", "FREE", "OF", "EXHAUSTED");
    for (WorkerView worker : workers) {
      work.row(
          worker.id(),
          Human.percent(worker.busyShare()),
          worker.frames(),
          worker.rounds(),
          worker.timeSqueezes(),
          worker.sleeps(),
          worker.tasks(),
          worker.failures(),
          worker.queues().isEmpty() ? "none" : String.join(" ", worker.queues()));
      for (PoolView pool : worker.memory()) {
        memory.row(worker.id(), pool.name(), pool.free(), pool.capacity(), pool.exhausted());
      }
    }
    work.print(terminal.out(), style);
    terminal.out().println();
    memory.print(terminal.out(), style);
  }
}
