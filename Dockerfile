# BADGER Studio: docker build -t badger-studio . && docker run --rm -p 127.0.0.1:8501:8501 badger-studio
#
# Build arguments: TORCH_INDEX names an index of torch builds for the processor alone (docs/DEPLOY.md);
# without it torch's usual build is taken, which on x86-64 brings several GB of CUDA packages.
ARG PYTHON=3.13

FROM python:${PYTHON}-slim AS base
# rdkit draws with these; the slim image lacks them.
RUN apt-get update \
    && apt-get install --no-install-recommends -y libexpat1 libxext6 libxrender1 \
    && rm -rf /var/lib/apt/lists/*

FROM base AS build
ARG TORCH_INDEX=""
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/badger
ENV PATH=/opt/badger/bin:$PATH
WORKDIR /src
# Packages first: they change less often than the code, and Docker keeps the layer.
COPY constraints.txt constraints-torch.txt ./
RUN pip install --no-deps --require-hashes -r constraints.txt
RUN if [ -n "$TORCH_INDEX" ]; then \
        pip install --no-deps --index-url "$TORCH_INDEX" \
            "$(sed -n 's/^\(torch==[0-9.]*\).*/\1/p' constraints-torch.txt)"; \
    else \
        pip install --no-deps --require-hashes -r constraints-torch.txt; \
    fi
COPY pyproject.toml setup.py requirements.txt LICENSE README.md app.py ./
COPY .streamlit/config.toml .streamlit/config.toml
COPY assets assets
COPY data data
COPY docs/LICENCES.md docs/MODEL.md docs/
COPY pages pages
COPY badger_core badger_core
# setuptools stands in constraints.txt, so the build asks no index.
RUN pip install --no-deps --no-build-isolation . && badger version

FROM base
RUN useradd --create-home --uid 10001 --shell /usr/sbin/nologin badger \
    && install -d -o badger -g badger /var/lib/badger
COPY --from=build /opt/badger /opt/badger
ENV PATH=/opt/badger/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    OMP_NUM_THREADS=1 \
    MPLCONFIGDIR=/tmp/matplotlib \
    BADGER_RUNS=/var/lib/badger/runs
USER 10001
WORKDIR /home/badger
VOLUME /var/lib/badger
EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8501/_stcore/health', timeout=4)"]
ENTRYPOINT ["badger"]
CMD ["app", "--address", "0.0.0.0"]
