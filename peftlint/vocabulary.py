"""Words that tell a title or an institution from a person's name."""

from __future__ import annotations

#: Words that stand in many titles and in hardly any name: counted over the titles and the
#: authors of some 30,000 entries of public paper lists, words that are also names left out.
TITLE_WORDS = frozenset(
    """
    accelerated accelerating acceleration accuracy accurate across action activation
    adaptation adapter adapters adapting adaptive advancing adversarial against agent
    agentic agents agnostic aligned aligning alignment analysis and animation anomaly answer
    answering any anything applications approach arbitrary architecture assisted attack
    attacks attention audio augmentation augmented auto autoencoders automated automatic
    autonomous autoregressive aware based baseline bayesian bench benchmark benchmarking
    benchmarks bert better between beyond bias boosting both box brain bridging building
    cache capabilities caption captioning captions centric challenges channel chat chatgpt
    chinese class classification cnn coding collaborative communication completion complex
    compositional comprehension comprehensive compression computation compute concept
    conditional conditioned consistency consistent constrained content context contextual
    continual continuous contrastive control controllable convolution convolutional cost
    cross data dataset datasets decoder decoding decomposition deep deepseek deformable
    denoising depth design det detecting detection detector detr dialogue diffusion
    discovery discrete disentangled distillation distilling distributed distribution diverse
    document domain domains driven driving dynamic editing effective efficiency efficient
    efficiently egocentric embedding embeddings embodied empirical enabling encoder encoding
    energy enhanced enhancement enhancing entity environments estimation evaluating
    evaluation event examples expert experts explanations explicit exploiting exploration
    exploring expression extraction facial faster feature features feedback few fidelity
    finetuning flexible flow for forecasting forgetting foundation frame framework frequency
    from frozen full fully fusion gaussian general generalizable generalization generalized
    generate generated generating generation generative geometry global gpt gpu gpus
    gradient grained graph graphs grounded grounding guidance guided hardware heterogeneous
    hierarchical highlights how human hybrid identification image imagenet images imaging
    implicit importance improve improved improves improving incremental inference inpainting
    input insights inspired instance instruction instructions intelligence interaction
    interactions interactive interpretable into introduces inverse inversion iterative
    kernel knowledge label language large latency latent layer layers layout learn learned
    learners learning length level leveraging lidar lifelong lightweight like linear llama
    llava llm llms local localization look loss lossless machine makes manipulation mask
    masked matching mathematical medical meets memory meta method methods million mitigating
    mixed mixture mlp mobile modal modality model modeling models monocular more motion mri
    multi multilingual multimodal multiple music natural navigation need nerf network
    networks neural next nlp non not novel object objects offline one online only optimal
    optimization optimizing oriented over panoptic paradigm parallel parallelism parameter
    parameters part perception performance personalized perspective pipeline pixel planning
    point policy pose post precision prediction preference preserving pretrained pretraining
    prior priors probabilistic problems process progressive prompt prompting prompts pruning
    pyramid quality quantization quantized queries query question questions radiance range
    reading realistic reasoning recognition recommendation reconstruction recurrent reducing
    referring refinement region registration regularization reinforcement relation rendering
    representation representations residual resolution resource restoration rethinking
    retrieval revisiting reward robot robotic robust robustness safety sample scalable scale
    scaling scene scenes scheduling score search seg segment segmentation selection
    selective self semantic semi sequence sequences sequential series serving shape shot
    simple single solving source space sparse sparsity spatial spatio spatiotemporal
    specific speculative speech step stochastic streaming structural structure structured
    study style super supervised supervision surface survey symbolic synthesis synthetic
    system systems talking task tasks techniques temporal tensor test text textual texture
    than that their thinking this thought through throughput time tool tools toward towards
    tracking trained training trajectory transfer transformer transformers translation tuned
    tuning two uncertainty under understanding unified unifying universal unleashing
    unsupervised use using value variational versatile video videos view vision visual vit
    vocabulary vqa weakly weight when where while with without word world your zero
    """.split()  # noqa: SIM905 - a list of words is read more easily
)
#: Words, one of which an institution's name has, or all of it.
INSTITUTION_WORDS = frozenset(
    """
    academy agency alibaba amazon apple association baidu berkeley bytedance caltech campus
    cas center centre clinic co college corp corporation csiro cuhk deepmind department dept
    division ecole epfl eth facebook faculty forum foundation google group hospital huawei
    ibm inc inria institut institute institutes institution instituto intel kaist lab
    laboratories laboratory labs limited llc ltd meta microsoft mit nvidia openai polytechnic
    polytechnique research riken samsung school sensetime society stanford studio studios
    technion technologies technology team tencent tsinghua unc univ universidad universitat
    universite university universität université xiaomi
    """.split()  # noqa: SIM905 - a list of words is read more easily
)
