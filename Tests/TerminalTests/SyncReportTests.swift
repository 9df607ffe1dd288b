import Screen
import Testing

@testable import Terminal

struct SyncReportTests {
  private let size = Size(width: 120, height: 40)

  @Test func countsFramesAndEvents() {
    var report = SyncReport()
    #expect(report.presented(tasks: 2, size: size) == "\u{1B}]2;frame=1 events=0 tasks=2 size=120x40\u{7}")
    report.consumed(3)
    #expect(report.presented(tasks: 0, size: size) == "\u{1B}]2;frame=2 events=3 tasks=0 size=120x40\u{7}")
  }

  /// A key that changes nothing leads to no frame, and whoever typed it waits all the same.
  @Test func eventsWithoutAFrameAreToldOnce() {
    var report = SyncReport()
    #expect(report.overdue(size: size) == nil)
    _ = report.presented(tasks: 1, size: size)
    report.consumed(1)
    #expect(report.overdue(size: size) == "\u{1B}]2;frame=1 events=1 tasks=1 size=120x40\u{7}")
    #expect(report.overdue(size: size) == nil)
    report.consumed(0)
    #expect(report.overdue(size: size) == nil)
  }
}
