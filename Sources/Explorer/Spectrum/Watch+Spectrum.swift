import FixedPoint
import Screen

extension Watch {
  /// The derivative at the step under the cursor, or the last one that is known until it is there.
  var linearization: (step: Int, Linearization)? { study?.shown(at: cursor) }

  /// Said where there is no spectrum to show.
  var spectrumNotice: String {
    run.map.dimension > RunStudy.largestDense
      ? "\(run.map.dimension) units: the Jacobian is decomposed up to \(RunStudy.largestDense)" : "computing…"
  }

  /// The number of eigenvalues in the plane that the keys go through.
  var eigenvalueCount: Int { linearization?.1.spectrum(of: spectrum.plane).values.count ?? 0 }

  /// Coefficients, spectral radius and norm over the steps whose spectrum is known, with 1 marked.
  var coursePlot: LinePlot {
    let steps = study?.spectra.steps(upTo: run.stepCount) ?? []
    let positions = steps.map(Double.init)
    let series = Self.courseLooks.map { look in
      LinePlot.Series(
        look.name, letter: look.letter, steps.map { study?.spectra[$0].flatMap(look.value) }, positions: positions,
        role: look.role)
    }
    return LinePlot(
      series.filter { $0.values.contains { $0 != nil } }, levels: [LinePlot.Level(1, "1")],
      scale: spectrum.courseScale, cursor: Double(max(1, cursor)), steps: 0...Double(max(10, run.stepCount)))
  }

  private static let courseLooks:
    [(name: String, letter: Unicode.Scalar, role: Theme.Role, value: @Sendable (Linearization) -> Double?)] = [
      ("strong", "S", .series3, { $0.coefficients.strong }),
      ("radial", "R", .series2, { $0.coefficients.radial }),
      ("Hilbert", "H", .series5, { $0.coefficients.hilbert }),
      ("|J|_2", "N", .series4, { $0.norm2 }),
      ("rho(J)", "p", .series1, { $0.spectralRadius }),
    ]

  func title(of pane: SpectrumPane) -> String {
    switch pane {
    case .jacobian: "eigenvalues of J"
    case .logarithmic: "of log-Jacobian L"
    case .singular: "singular values of J"
    case .course: "over the steps"
    case .list: spectrum.plane == .jacobian ? "eigenvalues of J" : "eigenvalues of L"
    }
  }

  func caption(of pane: SpectrumPane) -> String {
    switch pane {
    case .course: surveyText.map { $0 + ", " + spectrum.courseScale.word } ?? spectrum.courseScale.word
    case .singular: spectrum.singularScale.word
    case .jacobian, .logarithmic, .list: stepText
    }
  }

  /// Which step the spectra are of, and whether another is on its way.
  private var stepText: String {
    guard let step = linearization?.step, step != cursor else { return "step \(cursor)" }
    return "step \(step), \(cursor) coming…"
  }

  /// How far the survey of the steps has come; `nil` when it is complete.
  private var surveyText: String? {
    let survey = Survey(upTo: run.stepCount)
    let missing = study?.spectra.missing(of: survey).count ?? survey.steps.count
    return missing == 0 ? nil : "\(survey.steps.count - missing) of \(survey.steps.count) steps"
  }
}
