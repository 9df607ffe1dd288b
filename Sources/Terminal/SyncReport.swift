import Screen

/// What a test that drives the program waits for: `frame=N events=K tasks=T size=WxH` as the window title.
///
/// N frames were presented, K input events were handed out before, T tasks were open in the last frame. It is told
/// after each frame, and before a wait without end if the events of the last one led to no frame.
struct SyncReport {
  private var frames = 0
  private var events = 0
  private var tasks = 0
  private var isOverdue = false

  mutating func consumed(_ count: Int) {
    events += count
    if count > 0 { isOverdue = true }
  }

  mutating func presented(tasks: Int, size: Size) -> String {
    frames += 1
    self.tasks = tasks
    return sequence(size)
  }

  mutating func overdue(size: Size) -> String? { isOverdue ? sequence(size) : nil }

  private mutating func sequence(_ size: Size) -> String {
    isOverdue = false
    return WindowTitle.sequence("frame=\(frames) events=\(events) tasks=\(tasks) size=\(size.width)x\(size.height)")
  }
}
