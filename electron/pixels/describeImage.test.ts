import { expect, test } from 'vitest'
import type { DataSet } from '#electron/demo/dataSet.ts'
import { writePart10 } from '#electron/demo/writePart10.ts'
import { readHeader } from '#electron/dicom/part10/readHeader.ts'
import { CT_IMAGE } from '#shared/dicom/sopClass.ts'
import { EXPLICIT_VR_BIG_ENDIAN, EXPLICIT_VR_LITTLE_ENDIAN } from '#shared/dicom/transferSyntax.ts'
import { frameOf } from '#shared/imaging/frameOf.ts'
import { instanceImage } from '#shared/imaging/instanceImage.ts'
import { valueUnit } from '#shared/imaging/valueUnit.ts'
import { volumeGeometry } from '#shared/imaging/volumeGeometry.ts'
import { describeImage } from './describeImage.ts'
import { imageDataSet } from './imageFixture.ts'

const readHeaderOf = (file: Uint8Array) => readHeader(file, { fileBytes: file.length })

const described = (differs: DataSet) => describedIn(EXPLICIT_VR_LITTLE_ENDIAN, differs)

function describedIn(transferSyntaxUID: string, differs: DataSet) {
  const dataSet = imageDataSet({ PixelData: new Uint16Array(12), ...differs })
  return instanceImage.parse(describeImage(readHeader(writePart10({ dataSet, transferSyntaxUID }))))
}

const spacingOf = (differs: DataSet) => {
  const { spacingSource, spacingNote, perFrame } = described(differs)
  return [perFrame[0]?.spacing, spacingSource, spacingNote]
}

test('the plane of a slice is where it says, and nowhere when its directions are no right angle', () => {
  const position = { ImagePositionPatient: [1.5, -2, 3], ImageOrientationPatient: [1, 0, 0, 0, 1, 0] }
  expect(described(position).perFrame[0]?.plane).toEqual({
    position: [1.5, -2, 3],
    rowDirection: [1, 0, 0],
    columnDirection: [0, 1, 0],
  })
  expect(described({ ...position, ImageOrientationPatient: [1, 0, 0, 1, 0, 0] }).perFrame[0]?.plane).toBeNull()
  expect(described({ ...position, ImageOrientationPatient: [0, 0, 0, 0, 0, 0] }).perFrame[0]?.plane).toBeNull()
  expect(described({ ...position, ImagePositionPatient: [1, 2] }).perFrame[0]?.plane).toBeNull()
})

test('directions written with few digits are unit vectors, and their slices one volume', () => {
  const [right, back] = [Math.SQRT1_2 * 2, -Math.SQRT1_2 * 2]
  const slice = (at: number, ImageOrientationPatient: number[]) =>
    described({
      ...{ Modality: 'CT', PixelSpacing: [1, 1], ImageOrientationPatient },
      ImagePositionPatient: [at * right, at * back, 0].map((value) => value.toFixed(4)),
    })
  const volume = (orientation: number[]) =>
    volumeGeometry(Array.from({ length: 5 }, (_, at) => ({ instanceId: at, frame: 0, image: slice(at, orientation) })))
  const oblique = (digits: number) => Number(Math.SQRT1_2.toFixed(digits))
  for (const digits of [4, 3, 2]) {
    const geometry = volume([oblique(digits), oblique(digits), 0, 0, 0, 1])
    expect(geometry, `${digits} digits`).toMatchObject({ notices: [] })
    if (typeof geometry === 'string') continue
    expect(geometry.gap).toBeCloseTo(2, 3)
    expect(Math.hypot(...geometry.rowDirection)).toBeCloseTo(1, 12)
  }
  const skew = volume([oblique(4), oblique(4), 0, 0.005, 0, 1])
  expect(skew).toBe('The directions of rows and columns in the file are not at a right angle.')
})

test('spacing says where it comes from', () => {
  expect(spacingOf({ Modality: 'CT', PixelSpacing: [0.5, 0.6] })).toEqual([[0.5, 0.6], 'pixel-spacing', ''])
  expect(spacingOf({ Modality: 'DX', ImagerPixelSpacing: [0.1, 0.1] })).toEqual([[0.1, 0.1], 'detector', ''])
  const same = { Modality: 'DX', ImagerPixelSpacing: [0.1, 0.1], PixelSpacing: [0.1, 0.1] }
  expect(spacingOf(same)).toEqual([[0.1, 0.1], 'detector', ''])
  const calibrated = { ...same, PixelSpacing: [0.08, 0.08], PixelSpacingCalibrationType: 'FIDUCIAL' }
  expect(spacingOf(calibrated)).toEqual([[0.08, 0.08], 'calibrated', 'by a fiducial'])
  const magnified = { ImagerPixelSpacing: [0.11, 0.11], EstimatedRadiographicMagnificationFactor: 1.1 }
  expect(spacingOf({ Modality: 'DX', ...magnified })).toEqual([
    [0.11, 0.11],
    'detector',
    'not corrected for magnification 1.10',
  ])
  const [breast] = spacingOf({ Modality: 'MG', ...magnified })
  expect(breast).toEqual([expect.closeTo(0.1, 9), expect.closeTo(0.1, 9)])
  expect(spacingOf({ NominalScannedPixelSpacing: [0.2, 0.2] })).toEqual([[0.2, 0.2], 'film', ''])
  expect(spacingOf({ PixelSpacing: [0, 0.5] })).toEqual([null, 'none', ''])
  expect(spacingOf({ PixelSpacing: 'wide' })).toEqual([null, 'none', ''])
})

test('an ultrasound region has millimetres where its unit is the centimetre', () => {
  const region = (unitX: number, unitY: number) => ({
    RegionLocationMinX0: 10,
    RegionLocationMinY0: 20,
    RegionLocationMaxX1: 110,
    RegionLocationMaxY1: 220,
    PhysicalUnitsXDirection: unitX,
    PhysicalUnitsYDirection: unitY,
    PhysicalDeltaX: 0.025,
    PhysicalDeltaY: -0.03,
  })
  const image = described({ Modality: 'US', SequenceOfUltrasoundRegions: [region(3, 3), region(4, 3)] })
  expect(image.spacingSource).toBe('ultrasound-region')
  expect(image.ultrasoundRegions.map(({ mmPerPixelX, mmPerPixelY }) => [mmPerPixelX, mmPerPixelY])).toEqual([
    [0.25, expect.closeTo(0.3, 9)],
    [null, expect.closeTo(0.3, 9)],
  ])
})

test('windows are named and those that cannot be are left out', () => {
  const many = {
    WindowCenter: [40, 600, 5],
    WindowWidth: [400, 2000, 0],
    WindowCenterWidthExplanation: ['SOFT', 'BONE', 'BAD'],
  }
  expect(described(many).perFrame[0]?.windows).toEqual([
    { center: 40, width: 400, explanation: 'SOFT' },
    { center: 600, width: 2000, explanation: 'BONE' },
  ])
})

test('exact windows are told in the terms of LINEAR', () => {
  const exact = { WindowCenter: 40, WindowWidth: 400, VOILUTFunction: 'LINEAR_EXACT' }
  expect(described(exact).perFrame[0]?.windows[0]).toMatchObject({ center: 40.5, width: 401 })
  const fine = { WindowCenter: 0.5, WindowWidth: 1, RescaleSlope: '0.001', RescaleIntercept: 0 }
  expect(described(fine).perFrame[0]?.windows[0]).toMatchObject({ center: 1, width: 2 })
})

test('a VOI table becomes a curve of greys, a sigmoid keeps its numbers and its name', () => {
  const table = { LUTDescriptor: [3, 100, 8], LUTData: Uint16Array.of(0, 51, 255), LUTExplanation: 'film' }
  expect(described({ VOILUTSequence: [table] }).voiLut).toEqual({
    firstInput: 100,
    values: [0, 51, 255],
    explanation: 'film',
  })
  const below = { ...table, LUTDescriptor: { vr: 'SS', value: [3, -100, 8] } }
  const signed = { PixelRepresentation: 1, VOILUTSequence: [below] }
  expect(described(signed).voiLut?.firstInput).toBe(-100)
  const big = describedIn(EXPLICIT_VR_BIG_ENDIAN, { VOILUTSequence: [{ ...table, LUTDescriptor: [3, 100, 16] }] })
  expect(big.voiLut?.values, 'words of a big endian file').toEqual([0, 0.2, 0.99])
  const sigmoid = described({ WindowCenter: 50, WindowWidth: 100, VOILUTFunction: 'SIGMOID' })
  expect(sigmoid).toMatchObject({ voiLut: null, voiFunction: 'SIGMOID', obstacle: null })
  expect(sigmoid.perFrame[0]?.windows).toEqual([{ center: 50, width: 100, explanation: '' }])
  const perFrame = { FrameVOILUTSequence: [{ WindowCenter: 5, WindowWidth: 10, VOILUTFunction: 'SIGMOID' }] }
  expect(described({ PerFrameFunctionalGroupsSequence: [perFrame] }).voiFunction).toBe('SIGMOID')
})

test('frames of an enhanced object each have their own plane, spacing, values and windows', () => {
  const frame = (z: number) => ({
    PlanePositionSequence: [{ ImagePositionPatient: [0, 0, z] }],
    PixelValueTransformationSequence: [{ RescaleSlope: 2, RescaleIntercept: -z, RescaleType: 'HU' }],
    FrameVOILUTSequence: [{ WindowCenter: z, WindowWidth: 100 }],
  })
  const image = described({
    NumberOfFrames: 2,
    PixelData: new Uint16Array(24),
    SharedFunctionalGroupsSequence: [
      {
        PlaneOrientationSequence: [{ ImageOrientationPatient: [0, 1, 0, 0, 0, -1] }],
        PixelMeasuresSequence: [{ PixelSpacing: [0.7, 0.8] }],
      },
    ],
    PerFrameFunctionalGroupsSequence: [frame(10), frame(20)],
  })
  expect(
    image.perFrame.map(({ plane, intercept, spacing, windows }) => [
      plane?.position[2],
      intercept,
      spacing,
      windows[0]?.center,
    ]),
  ).toEqual([
    [10, -10, [0.7, 0.8], 10],
    [20, -20, [0.7, 0.8], 20],
  ])
  expect(image.spacingSource).toBe('pixel-spacing')
})

test('a dose grid tells its scaling and its frames lie at their offsets', () => {
  const image = described({
    Modality: 'RTDOSE',
    NumberOfFrames: 3,
    PixelData: new Uint16Array(36),
    ImagePositionPatient: [0, 0, 100],
    ImageOrientationPatient: [1, 0, 0, 0, 1, 0],
    GridFrameOffsetVector: [0, 2.5, 5],
    DoseGridScaling: '1e-3',
    DoseUnits: 'GY',
  })
  expect(image.perFrame.map(({ plane, slope }) => [plane?.position[2], slope])).toEqual([
    [100, 1],
    [102.5, 1],
    [105, 1],
  ])
  expect(image.doseGridScaling).toBe(0.001)
  expect(image.rescaleType).toBe('GY')
})

test('frames without an item of their own do not borrow the place of another', () => {
  const frame = (z: number) => ({
    PlanePositionSequence: [{ ImagePositionPatient: [0, 0, z] }],
    PixelMeasuresSequence: [{ PixelSpacing: [0.7, 0.7] }],
  })
  const image = described({
    NumberOfFrames: 3,
    PixelData: new Uint16Array(36),
    SharedFunctionalGroupsSequence: [{ PlaneOrientationSequence: [{ ImageOrientationPatient: [1, 0, 0, 0, 1, 0] }] }],
    PerFrameFunctionalGroupsSequence: [frame(10)],
  })
  const said = [0, 1, 2].map((index) => frameOf(image, index))
  expect(said.map(({ plane, spacing }) => [plane?.position[2], spacing])).toEqual([
    [10, [0.7, 0.7]],
    [undefined, null],
    [undefined, null],
  ])
})

test('values are in Hounsfield units only where the object says so', () => {
  const ct = { SOPClassUID: CT_IMAGE, Modality: 'CT', RescaleIntercept: -1024, RescaleSlope: 1 }
  const unitOf = (differs: DataSet) => valueUnit(described({ ...ct, ...differs }))
  expect(unitOf({ ImageType: ['ORIGINAL', 'PRIMARY', 'AXIAL'] })).toBe('HU')
  expect(unitOf({ ImageType: ['DERIVED', 'SECONDARY', 'PERFUSION'] })).toBe('')
  expect(unitOf({ ImageType: ['ORIGINAL', 'PRIMARY', 'LOCALIZER'] })).toBe('')
  expect(unitOf({ ImageType: ['DERIVED', 'PRIMARY', 'AXIAL'], LossyImageCompression: '01' })).toBe('HU')
  expect(unitOf({ ImageType: ['DERIVED', 'PRIMARY', 'AXIAL'] })).toBe('')
  expect(unitOf({})).toBe('')
  expect(unitOf({ ImageType: ['DERIVED', 'SECONDARY'], RescaleType: 'HU' })).toBe('HU')
  expect(unitOf({ ImageType: ['ORIGINAL', 'PRIMARY'], RescaleIntercept: null })).toBe('')
})

test('the unit of an enhanced object is that of all its frames or none', () => {
  const frame = (type: string) => ({
    PixelValueTransformationSequence: [{ RescaleSlope: 1, RescaleIntercept: 0, RescaleType: type }],
  })
  const unitOf = (...types: string[]) =>
    valueUnit(
      described({
        NumberOfFrames: 2,
        PixelData: new Uint16Array(24),
        PerFrameFunctionalGroupsSequence: types.map(frame),
      }),
    )
  expect(unitOf('HU', 'HU')).toBe('HU')
  expect(unitOf('HU', 'MGML')).toBe('')
})

test('the anatomical orientation type and the body part are told', () => {
  expect(described({ AnatomicalOrientationType: 'QUADRUPED', BodyPartExamined: 'THORAX' })).toMatchObject({
    anatomicalOrientationType: 'QUADRUPED',
    bodyPart: 'THORAX',
  })
  expect(described({ AnatomicRegionSequence: [{ CodeMeaning: 'Carpus' }] })).toMatchObject({ bodyPart: 'Carpus' })
  expect(described({ AnatomicalOrientationType: 'FISH' }).anatomicalOrientationType).toBeUndefined()
})

test('a clip knows its time, a single frame has none', () => {
  const clip = { NumberOfFrames: 2, PixelData: new Uint16Array(24) }
  expect(described({ ...clip, FrameTime: '40' }).frameTimeMs).toBe(40)
  expect(described({ ...clip, CineRate: 25 }).frameTimeMs).toBe(40)
  const vector = { ...clip, FrameTimeVector: [0, 30], FrameIncrementPointer: '00181065' }
  expect(described(vector)).toMatchObject({ frameTimeMs: 30, frameTimeVectorMs: [0, 30] })
  expect(described({ FrameTime: '40' }).frameTimeMs).toBeNull()
})

test('shutters are told in image coordinates; a shape that makes no sense is none', () => {
  const shapes = {
    ShutterShape: ['RECTANGULAR', 'CIRCULAR', 'POLYGONAL'],
    ShutterLeftVerticalEdge: 2,
    ShutterRightVerticalEdge: 4,
    ShutterUpperHorizontalEdge: 1,
    ShutterLowerHorizontalEdge: 3,
    CenterOfCircularShutter: [2, 3],
    RadiusOfCircularShutter: 2,
    VerticesOfThePolygonalShutter: [1, 1, 1, 4, 3, 4],
    ShutterPresentationValue: 65535,
  }
  expect(described(shapes).shutter).toEqual({
    grey: 255,
    rectangle: { left: 1, top: 0, right: 4, bottom: 3 },
    circle: { center: [2.5, 1.5], radius: 2 },
    polygon: [
      [0.5, 0.5],
      [3.5, 0.5],
      [3.5, 2.5],
    ],
  })
  expect(described({ ...shapes, ShutterShape: 'RECTANGULAR', ShutterRightVerticalEdge: 1 }).shutter).toBeUndefined()
  expect(described({}).shutter).toBeUndefined()
})

test('a range of padding is told by both its ends, signed where the pixels are', () => {
  const range = { PixelPaddingValue: { vr: 'US', value: 0xf830 }, PixelPaddingRangeLimit: { vr: 'US', value: 0xfc18 } }
  expect(described({ PixelRepresentation: 1, ...range })).toMatchObject({
    pixelPaddingValue: -2000,
    pixelPaddingLimit: -1000,
  })
})

test('inversion, padding, aspect and orientation are told', () => {
  expect(described({ PhotometricInterpretation: 'MONOCHROME1' }).samples.inverted).toBe(true)
  expect(described({ PresentationLUTShape: 'INVERSE' }).samples.inverted).toBe(true)
  const signed = { PixelRepresentation: 1, PixelPaddingValue: { vr: 'SS', value: -2000 } }
  expect(described(signed)).toMatchObject({ pixelPaddingValue: -2000, samples: { type: 'int16' } })
  const ratio = { PixelAspectRatio: ['4', '3'], PatientOrientation: ['L', 'F'], ImageLaterality: 'R' }
  expect(described(ratio)).toMatchObject({ pixelAspect: 4 / 3, patientOrientation: ['L', 'F'], laterality: 'R' })
})

test('an image whose file was cut exactly before its pixels says so; other objects have none', () => {
  const withoutPixels = (differs: DataSet) =>
    describeImage(readHeaderOf(writePart10({ dataSet: imageDataSet(differs) }))).obstacle
  expect(withoutPixels({})).toContain('ends before its pixels')
  expect(withoutPixels({ PixelDataProviderURL: 'https://pixels.example/1' })).toContain('has no pixel data')
  expect(withoutPixels({ SOPClassUID: '1.2.840.10008.5.1.4.1.1.4.2' })).toContain('spectra')
})

test.each([
  [{ Rows: 0 }, 'how large'],
  [{ NumberOfFrames: { vr: 'IS', value: '1A' } }, 'number of frames'],
  [{ PhotometricInterpretation: 'HSV', SamplesPerPixel: 3 }, 'colour model'],
  [{ PhotometricInterpretation: null }, 'does not say how'],
  [{ BitsAllocated: 24 }, '24 bits allocated'],
  [{ BitsStored: 17 }, 'contradict'],
  [{ HighBit: 3 }, 'contradict'],
  [{ SamplesPerPixel: 3 }, '1 sample a pixel'],
  [{ NumberOfFrames: 100_000_000 }, 'fewer pixels'],
  [{ PixelData: { fragments: [new Uint8Array(4)] } }, 'not packed'],
] as [DataSet, string][])('an image that cannot be shown right says so (%o)', (differs, words) => {
  expect(described(differs).obstacle).toContain(words)
  expect(described(differs).obstacle).toMatch(/SOP class: .*; transfer syntax: .*; photometric interpretation: /)
})

test('how an image was made is told in usual units, of functional groups only what holds for every frame', () => {
  const said = described({
    ...{
      Modality: 'CT',
      KVP: 120,
      SliceThickness: '1.25',
      ConvolutionKernel: ['B30f', '2'],
      ContrastBolusAgent: 'Agent 300',
    },
    ...{ ExposureTime: 500, XRayTubeCurrent: 300 },
  }).technique
  expect(said).toEqual({
    ...{ kilovolts: 120, thicknessMm: 1.25, kernel: 'B30f, 2', contrast: 'Agent 300', milliampereSeconds: 150 },
  })
  expect(described({ Modality: 'DX', ExposureInuAs: 3200, Exposure: 3 }).technique).toEqual({ milliampereSeconds: 3.2 })
  expect(described({ KVP: -1, SliceThickness: 'thick', Exposure: 0 }).technique).toBeUndefined()
  const echo = (echoTimeMs: number): DataSet => ({
    MREchoSequence: [{ EffectiveEchoTime: echoTimeMs }],
    PixelMeasuresSequence: [{ SliceThickness: 4 }],
  })
  const frames = (...echoTimes: number[]) => ({
    ...{ Modality: 'MR', NumberOfFrames: 2, PixelData: new Uint16Array(24) },
    SharedFunctionalGroupsSequence: [
      { MRTimingAndRelatedParametersSequence: [{ RepetitionTime: 500, FlipAngle: 90 }] },
    ],
    PerFrameFunctionalGroupsSequence: echoTimes.map(echo),
  })
  const shared = { repetitionTimeMs: 500, flipAngleDegrees: 90, thicknessMm: 4 }
  expect(described(frames(12, 12)).technique).toEqual({ ...shared, echoTimeMs: 12 })
  expect(described(frames(12, 80)).technique).toEqual(shared)
  const tracer = (dose: number) => ({
    RadiopharmaceuticalInformationSequence: [{ Radiopharmaceutical: 'FDG', RadionuclideTotalDose: dose }],
  })
  expect(described({ Modality: 'PT', ...tracer(350e6) }).technique).toEqual({ tracer: 'FDG', injectedMBq: 350 })
  expect(described({ Modality: 'PT', ...tracer(350) }).technique).toEqual({ tracer: 'FDG' })
})

test('what was compressed with loss says so, with the last ratio', () => {
  expect(described({ LossyImageCompression: '00' }).lossy).toBeUndefined()
  expect(described({ LossyImageCompression: '01' }).lossy).toEqual({ ratio: null })
  expect(described({ LossyImageCompression: '01', LossyImageCompressionRatio: [4, 12.5] }).lossy).toEqual({
    ratio: 12.5,
  })
})
